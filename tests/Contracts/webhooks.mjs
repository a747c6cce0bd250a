// Verifies deliveries with the library of Standard Webhooks' authors, and prints for each whether it is what its secret has signed.
//   node webhooks.mjs SECRET ID TIMESTAMP SIGNATURE BODY …
import { Webhook } from "standardwebhooks";

const asked = process.argv.slice(2);
const said = [];
for (let at = 0; at < asked.length; at += 5) {
  const [secret, id, timestamp, signature, body] = asked.slice(at, at + 5);
  // The platform's clock is its tests'; the library takes what is five minutes old at most.
  const now = Date.now;
  Date.now = () => Number(timestamp) * 1000;
  try {
    new Webhook(secret).verify(body, { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature });
    said.push("verified");
  } catch (error) {
    said.push(error.message === "No matching signature found" ? "refused" : error.message);
  }
  Date.now = now;
}
console.log(said.join(" "));
