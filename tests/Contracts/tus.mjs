// Uploads a file with the client that the protocol's makers publish: piece by piece, over a connection that is lost in the middle, and by a
// client that starts anew. Arguments: the address, and of another process if there are two; asks for a token.
import { createInterface } from 'node:readline/promises'
import { createHash, randomBytes } from 'node:crypto'
import { Upload } from 'tus-js-client'

const [server, other = server] = process.argv.slice(2)
const lines = createInterface({ input: process.stdin })
process.stdout.write('? token\n')
const token = (await lines[Symbol.asyncIterator]().next()).value
lines.close()

// A text is taken as it is, whatever it says.
const content = Buffer.from(randomBytes(700_000).toString('hex'))
const headers = { Authorization: `Bearer ${token}` }

function upload(options) {
  return new Promise((resolve, reject) => {
    const one = new Upload(content, {
      endpoint: `${server}/v1/uploads`, headers, metadata: { filename: '../合同.txt', filetype: 'text/plain' }, chunkSize: 300_000, retryDelays: [50, 100],
      onError: reject, onSuccess: () => resolve(one), ...options,
    })
    one.start()
  })
}

const first = await upload({})
console.log(`pieces ${await same(first.url)}`)

// Given up after two pieces, gone on with by another client, at another process.
let half
await new Promise(resolve => {
  half = new Upload(content, {
    endpoint: `${server}/v1/uploads`, headers, metadata: { filetype: 'text/plain' }, chunkSize: 300_000, retryDelays: null,
    onChunkComplete: (_, accepted) => { if (accepted >= 600_000) half.abort().then(resolve) }, onError: resolve,
  })
  half.start()
})
const later = await upload({ uploadUrl: half.url.replace(server, other) })
console.log(`resumed ${await same(later.url)}`)

// The connection is cut while a piece is on its way: what came stays, and the rest follows.
const address = (await create()).headers.get('location')
const cut = new AbortController()
const slow = new ReadableStream({
  async start(body) {
    body.enqueue(content.subarray(0, 400_000))
    await new Promise(done => setTimeout(done, 300))
    cut.abort()
  },
})
await fetch(server + address, { method: 'PATCH', headers: patch(0), body: slow, duplex: 'half', signal: cut.signal }).catch(() => {})
let offset, rest
do {
  offset = Number((await fetch(server + address, { method: 'HEAD', headers: { ...headers, 'Tus-Resumable': '1.0.0' } })).headers.get('upload-offset'))
  // Of what the lost request still brings in while this one is on its way, it is told that it does not go on from there.
  rest = await fetch(other + address, { method: 'PATCH', headers: patch(offset), body: content.subarray(offset) })
} while (rest.status === 409)
console.log(`cut ${offset > 0 && offset < content.length} ${rest.status} ${rest.headers.get('location') === address.replace('uploads', 'files')} ${await same(server + address)}`)

const right = createHash('sha1').update(content).digest('base64')
const checked = (await create()).headers.get('location')
const wrong = await fetch(server + checked, { method: 'PATCH', headers: { ...patch(0), 'Upload-Checksum': `sha1 ${createHash('sha1').update('x').digest('base64')}` }, body: content })
const good = await fetch(server + checked, { method: 'PATCH', headers: { ...patch(0), 'Upload-Checksum': `sha1 ${right}` }, body: content })
console.log(`checksum ${wrong.status} ${good.status} ${await same(server + checked)}`)

const given = (await create()).headers.get('location')
const ended = await fetch(server + given, { method: 'DELETE', headers: { ...headers, 'Tus-Resumable': '1.0.0' } })
const gone = await fetch(server + given, { method: 'HEAD', headers: { ...headers, 'Tus-Resumable': '1.0.0' } })
console.log(`ended ${ended.status} ${gone.status}`)

async function same(url) {
  const got = await fetch(url.replace('/v1/uploads/', '/v1/files/'), { headers })
  return Buffer.from(await got.arrayBuffer()).equals(content)
}

function create() {
  return fetch(`${server}/v1/uploads`, { method: 'POST', headers: { ...headers, 'Tus-Resumable': '1.0.0', 'Upload-Length': String(content.length), 'Upload-Metadata': `filetype ${Buffer.from('text/plain').toString('base64')}` } })
}

function patch(at) {
  return { ...headers, 'Tus-Resumable': '1.0.0', 'Upload-Offset': String(at), 'Content-Type': 'application/offset+octet-stream' }
}
