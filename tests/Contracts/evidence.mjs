// Verifies what the platform proves, with other people's libraries and Node's own cryptography, and prints what holds:
//   node evidence.mjs http://… RECEIPT PROOF OLDER-CHECKPOINT
//   node evidence.mjs http://… RECEIPT,RECEIPT,…
import { createHash, createPublicKey, verify } from "node:crypto";
import { CoMETRE, RFC9162 } from "@transmute/rfc9162";
import { compactVerify, createRemoteJWKSet } from "jose";

const [address, receipts, proofText, older] = process.argv.slice(2);
const sha256 = (...parts) => createHash("sha256").update(Buffer.concat(parts.map((part) => Buffer.from(part)))).digest();
const bytesOf = (digest) => Buffer.from(digest.slice("sha-256:".length), "hex");
const base64 = (text) => new Uint8Array(Buffer.from(text, "base64"));
const must = (holds, what) => {
  if (!holds) throw new Error(`${what} does not hold`);
};

// RFC 7515
const signers = createRemoteJWKSet(new URL("/.well-known/jwks.json", address));
let says;
for (const receipt of receipts.split(",")) {
  const { payload, protectedHeader } = await compactVerify(receipt, signers, { algorithms: ["ES256"] });
  says = JSON.parse(new TextDecoder().decode(payload));
  console.log("receipt", protectedHeader.typ, Object.keys(says).join(" "));
}
if (proofText === undefined) process.exit();

// docs/API.md, "Evidence"
const proof = JSON.parse(proofText);
let link = Buffer.alloc(32);
let opened = 0;
for (const fact of proof.facts) {
  for (const member of fact.members.filter((m) => m.text !== null)) {
    must(sha256(base64(member.salt), member.text).equals(bytesOf(member.digest)), `member ${member.text}`);
    opened++;
  }
  if (fact.members.length > 0) must(sha256(...fact.members.map((m) => bytesOf(m.digest))).equals(bytesOf(fact.factDigest)), "the fact's digest");
  if (fact.personal !== null) {
    const named = fact.members.map((m) => JSON.parse(`{${m.text}}`)).find((m) => "personal" in m).personal;
    must(sha256(base64(fact.personal.salt), fact.personal.text).equals(bytesOf(named)), "the personal data's digest");
  }
  link = sha256(link, bytesOf(fact.factDigest));
  must(link.equals(bytesOf(fact.digest)), "the link");
}
must(proof.head === proof.facts.at(-1).digest && says.digest === proof.facts[says.version - 1].digest, "the receipt's digest");
console.log("chain", proof.facts.length, opened > 0 ? "opened" : "closed", proof.facts.some((fact) => fact.personal !== null) ? "personal" : "without personal data");

// C2SP signed-note, tlog-checkpoint
const { keys } = await (await fetch(new URL("/.well-known/jwks.json", address))).json();
const jwk = keys.find((key) => key.crv === "Ed25519");
function open(checkpoint) {
  const [text, signatures] = [checkpoint.slice(0, checkpoint.indexOf("\n\n") + 1), checkpoint.slice(checkpoint.indexOf("\n\n") + 2)];
  const [origin, size, root] = text.split("\n");
  const [dash, name, line] = signatures.trimEnd().split(" ");
  const signed = Buffer.from(line, "base64");
  const id = sha256(`${name}\n`, [1], Buffer.from(jwk.x, "base64url")).subarray(0, 4);
  must(dash === "—" && name === origin && signed.subarray(0, 4).equals(id) && jwk.kid === `${name}+${id.toString("hex")}`, "the key's name");
  must(verify(null, Buffer.from(text), createPublicKey({ key: jwk, format: "jwk" }), signed.subarray(4)), "the checkpoint's signature");
  return { size: Number(size), root: base64(root) };
}

// RFC 9162 section 2.1.3.2
async function mustInclude({ leafIndex, treeSize, leaf, inclusionPath, checkpoint }, expected) {
  const { size, root } = open(checkpoint);
  must(size === treeSize && leaf === expected, "the leaf");
  const included = async (entry) =>
    RFC9162.verifyInclusionProof(root, await CoMETRE.RFC9162_SHA256.leaf(new TextEncoder().encode(entry)), {
      log_id: "", tree_size: treeSize, leaf_index: leafIndex, inclusion_path: inclusionPath.map(base64),
    });
  must((await included(leaf)) && !(await included(`${leaf}0`)), "the inclusion");
}
const version = proof.log.leaf.split(" ")[1];
await mustInclude(proof.log, `${says.case} ${version} ${proof.facts[version - 1].digest}`);
console.log("included", version, "of", proof.facts.length);

// What any receipt says, by the receipt alone.
const asked = await fetch(new URL(`/v1/log/inclusion?thing=${says.case}&version=${says.version}&digest=${says.digest}`, address));
await mustInclude(await asked.json(), `${says.case} ${says.version} ${says.digest}`);
console.log("included by its receipt");

// Section 2.1.4.2
const before = open(older);
const now = open(await (await fetch(new URL("/v1/log/checkpoint", address))).text());
const { consistencyPath } = await (await fetch(new URL(`/v1/log/consistency?from=${before.size}&to=${now.size}`, address))).json();
must(before.size < now.size, "the log's growth");
// Its step 2 the library leaves to who calls it.
const path = [...(Number.isInteger(Math.log2(before.size)) ? [before.root] : []), ...consistencyPath.map(base64)];
const consistent = (root) => RFC9162.verifyConsistencyProof(root, now.root, { log_id: "", tree_size_1: before.size, tree_size_2: now.size, consistency_path: path });
must((await consistent(before.root)) && !(await consistent(now.root)), "the consistency");
console.log("consistent");
