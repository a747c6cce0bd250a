// DOC-1: opens the seals of documents with jose and the keys an API publishes, and prints what each holds, or what jose says against it.
//   node seals.mjs https://…/.well-known/jwks.json SEAL…
import { compactVerify, createRemoteJWKSet } from "jose";

const [address, ...seals] = process.argv.slice(2);
const keys = createRemoteJWKSet(new URL(address));
for (const seal of seals) {
  try {
    const { payload, protectedHeader } = await compactVerify(seal, keys, { algorithms: ["ES256"] });
    console.log(protectedHeader.typ, new TextDecoder().decode(payload));
  } catch (error) {
    console.log(error.code);
  }
}
