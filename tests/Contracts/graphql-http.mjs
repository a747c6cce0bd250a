// The audit of GraphQL over HTTP by the package graphql-http.
import { auditServer } from 'graphql-http';

const results = await auditServer({ url: `${process.argv[2]}/graphql` });
const bad = results.filter(({ status }) => status !== 'ok');
for (const { status, name, reason } of bad) console.log(status, name, reason);
console.log(`${results.length - bad.length} of ${results.length}`);
process.exit(bad.length);
