// C2's JSON Schema of catalogue files, read by ajv: takes the schema and then files, and says of each file whether it is valid.
import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020.js";

const [schema, ...files] = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, "utf8")));
const ajv = new Ajv.default({ allErrors: true, strict: true, allowUnionTypes: true }).addFormat("date", /^\d{4}-\d{2}-\d{2}$/);
const validate = ajv.compile(schema);
for (const file of files) console.log(validate(file) ? "valid" : `invalid: ${validate.errors[0].instancePath} ${validate.errors[0].message}`);
