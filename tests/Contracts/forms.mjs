// CAT-7: takes a file of JSON Schemas of forms, each with answers, and says of every answer whether ajv, told of x-onedoor and of nothing else, takes it.
import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020.js";

for (const { schema, answers } of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
  const ajv = new Ajv.default({ strict: true, strictTypes: false, strictRequired: false }).addKeyword("x-onedoor")
    .addFormat("date", /^\d{4}-\d{2}-\d{2}$/).addFormat("uuid", /^[0-9a-f-]{36}$/i);
  const validate = ajv.compile(schema);
  for (const answer of answers) console.log(validate(answer) ? "valid" : `invalid: ${validate.errors[0].instancePath} ${validate.errors[0].message}`.replaceAll("\n", " "));
}
