// Writes a YAML file as JSON, as those read it who know YAML 1.1 alone: to them words such as "on" are truth values.
import { readFileSync } from "node:fs";
import YAML from "yaml";

process.stdout.write(JSON.stringify(YAML.parse(readFileSync(process.argv[2], "utf8"), { version: "1.1" })));
