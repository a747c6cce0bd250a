// An object store that speaks S3, of other people's making. Arguments: port, folder, bucket. It ends with its standard input.
import S3rver from 's3rver'

const [port, directory, bucket] = process.argv.slice(2)
await new S3rver({ port: Number(port), address: '127.0.0.1', silent: true, directory, configureBuckets: [{ name: bucket }] }).run()
console.log('? ready')
process.stdin.on('end', () => process.exit(0)).resume()
