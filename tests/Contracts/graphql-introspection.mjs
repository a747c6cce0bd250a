// Introspection with everything graphql-js knows to ask for, and the schema it makes of the answer.
import { buildClientSchema, buildSchema, getIntrospectionQuery, lexicographicSortSchema, printSchema } from 'graphql';

const url = `${process.argv[2]}/graphql`;
let good = 0;
let all = 0;

function check(what, actual, expected) {
  all++;
  if (actual === expected) good++;
  else console.log(`${what}: ${actual} instead of ${expected}`);
}

const query = getIntrospectionQuery({
  descriptions: true, specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true, oneOf: true,
});
const answer = await (await fetch(url, {
  method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }),
})).json();
check('errors', JSON.stringify(answer.errors), undefined);

const schema = buildClientSchema(answer.data);
const text = await (await fetch(`${url}/schema.graphql`)).text();
const printed = (one) => printSchema(lexicographicSortSchema(one));
check('the schema served as text is the same', printed(buildSchema(text)) === printed(schema), true);
check('a scalar says where it is specified', schema.getType('DateTime').specifiedByURL, 'https://www.rfc-editor.org/rfc/rfc3339');

console.log(`${good} of ${all}`);
process.exit(all - good);
