# The only entry for developers and CI. Works with GNU make 3.81, bash 3.2 and BSD tools.
SHELL := bash
.DEFAULT_GOAL := help
.NOTPARALLEL:

API_PORT ?= 5080
IDENTITY_PORT ?= 5081
export API_PORT IDENTITY_PORT DASHBOARD DASHBOARD_PORT OTLP_PORT

# Applications run from Release builds, tests from Debug ones, so that both may run at once.
RELEASE := --configuration Release --verbosity quiet -nologo
WITH_DATABASE := export ConnectionStrings__OneDoor="$$(tools/database.sh connection)" ASPNETCORE_ENVIRONMENT=Development &&

PLAYGROUND := api/Playground/dist/index.html
APP := api/App/dist/index.html

.PHONY: help
help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

.PHONY: up
up: ## start PostgreSQL for this checkout (DB_PORT=25432); fetches it when missing
	@tools/database.sh up

.PHONY: down
down: ## stop PostgreSQL; its data stays in .data
	@tools/database.sh down

.PHONY: migrate
migrate: up build ## bring the database's schemas up to date
	@$(WITH_DATABASE) cd artifacts/bin/Identity/release && dotnet OneDoor.Identity.dll migrate
	@$(WITH_DATABASE) cd artifacts/bin/Api/release && dotnet OneDoor.Api.dll migrate

.PHONY: verify
verify: up build ## name the first fact that was altered, deleted or inserted behind the platform's back
	@$(WITH_DATABASE) cd artifacts/bin/Api/release && dotnet OneDoor.Api.dll verify

.PHONY: run
run: ports migrate ## start the platform (API_PORT=5080 IDENTITY_PORT=5081, DASHBOARD=1; SAMPLE=1 loads a hundredth of five years of cases first)
	@$(WITH_DATABASE) cd artifacts/bin/Api/release && dotnet OneDoor.Api.dll catalogue$(if $(SAMPLE), && dotnet OneDoor.Api.dll sample --if-empty --cases $(or $(SAMPLE_CASES),7914))
	@tools/run.sh

.PHONY: test
test: restore ## run every test (SUITE=Rules for one suite)
	@tools/test.sh

.PHONY: phone
phone: restore ## walk through the app in both languages, light and dark, with large text, and measure it (PICTURES=folder)
	@cd tests/Contracts/lighthouse && { cmp -s package-lock.json node_modules/.installed || { npm ci --loglevel=error && cp package-lock.json node_modules/.installed; }; }
	@PHONE=long SUITE=Journeys ONLY=PhoneJourney tools/test.sh

.PHONY: samples
samples: restore ## run the sample agencies of docs/samples beside a platform of their own, with an outage
	@SUITE=Journeys ONLY=SampleAgencies tools/test.sh

.PHONY: faults
faults: restore ## stop, crash and starve a platform of its own under load (FAULTS_SECONDS=60 FAULTS_SEED=…)
	@SUITE=Faults tools/test.sh

.PHONY: feed
feed: restore ## follow the feed through sleeping, lost and crashed transactions, kill who sends webhooks (FEED_FACTS=100000 FEED_KILLS=20 FEED_SEED=…)
	@FEED_FACTS=$${FEED_FACTS:-100000} FEED_KILLS=$${FEED_KILLS:-20} SUITE=Faults ONLY='Feed*' tools/test.sh

.PHONY: restore-check
restore-check: restore ## back up a platform of its own under load, restore it elsewhere, compare (RESTORE_CASES=200)
	@SUITE=Faults ONLY=RestoreCheck tools/test.sh

.PHONY: check
check: restore ## what CI runs: format, then every test
	@dotnet format whitespace OneDoor.slnx --verify-no-changes --no-restore
	@tools/test.sh

.PHONY: format
format: sdk ## format the code
	@dotnet format OneDoor.slnx

.PHONY: contracts
contracts: restore ## rewrite the approved contracts: openapi.yaml, schema.graphql, events.md
	@UPDATE_CONTRACTS=1 SUITE=Contracts tools/test.sh

.PHONY: fuzz
fuzz: restore ## ask both servers whatever a seed says, for long (FUZZ_SECONDS=600 FUZZ_SEED=)
	@SUITE=Fuzz FUZZ_SECONDS=$${FUZZ_SECONDS:-600} tools/test.sh

.PHONY: sample
sample: migrate ## load a sample of five years into a store without cases (SAMPLE_CASES=7914 SAMPLE_SEED=2020)
	@$(WITH_DATABASE) cd artifacts/bin/Api/release && dotnet OneDoor.Api.dll catalogue && dotnet OneDoor.Api.dll sample --cases $${SAMPLE_CASES:-7914} --seed $${SAMPLE_SEED:-2020}

.PHONY: sample-check
sample-check: sdk ## fold the sample of five years and compare its figures with the published ones (SAMPLE_CASES=791406 SAMPLE_SEED=2020)
	@dotnet build api/Api.csproj $(RELEASE)
	@dotnet artifacts/bin/Api/release/OneDoor.Api.dll sample --check $(if $(SAMPLE_CASES),--cases $(SAMPLE_CASES)) $(if $(SAMPLE_SEED),--seed $(SAMPLE_SEED))

.PHONY: sample-figures
sample-figures: restore ## recompute the figures of a hundredth from the feed and the stored facts, as of now and of a past day (SAMPLE_CASES=7914)
	@SAMPLE_CASES=$${SAMPLE_CASES:-7914} SUITE=Journeys ONLY=StatisticsJourney tools/test.sh

.PHONY: scale
scale: restore ## count the pages every list touches as cases grow (SCALE=10000,100000,791406)
	@SCALE=$${SCALE:-10000,100000,791406} SUITE=Journeys ONLY=FlatLists tools/test.sh

.PHONY: day
day: restore ## a day in the four halls: 20 windows, 8 kiosks, two processes, one killed at noon (DAY_PEOPLE=600 DAY_SEED=)
	@DAY_PEOPLE=$${DAY_PEOPLE:-600} SUITE=Journeys ONLY=DayInFourHalls tools/test.sh

.PHONY: deadlines
deadlines: restore ## kill who looks for what is due, alone and while another writes the same, for long: each deadline is a fact once (DEADLINES_KILLS=20 DEADLINES_SEED=)
	@DEADLINES_KILLS=$${DEADLINES_KILLS:-20} SUITE=Journeys ONLY=KilledSweeps tools/test.sh

.PHONY: batch
batch: restore ## a file of 10,000 lines in GB18030, 300 of them bad, beside whoever else asks: lines a second, and what others feel of it (BATCH_LINES= BATCH_SEED=)
	@BATCH_LINES=$${BATCH_LINES:-10000} SUITE=Journeys ONLY=LargeBatch tools/test.sh

.PHONY: simulate
simulate: restore ## cases of every item through whatever might be asked of them (SIMULATE_CASES=2000 SIMULATE_SEED=)
	@SIMULATE_CASES=$${SIMULATE_CASES:-2000} SUITE=Rules ONLY=CatalogueWalks tools/test.sh

.PHONY: bench
bench: up build ## measure against a bare rival, in alternation (ratios only)
	@dotnet build tests/Bench/Tests.Bench.csproj $(RELEASE)
	@cd tests/Bench/mercurius && npm ci --no-audit --no-fund --loglevel=error
	@$(WITH_DATABASE) dotnet artifacts/bin/Tests.Bench/release/OneDoor.Tests.Bench.dll

.PHONY: ports
ports:
	@tools/run.sh ports

.PHONY: build
build: sdk fonts $(PLAYGROUND) $(APP)
	@echo 'building both servers (some minutes the first time)'
	@dotnet build identity/Identity.csproj $(RELEASE)
	@dotnet build api/Api.csproj $(RELEASE)

# The documents' font goes with the API: where it runs nothing but .NET has to be installed.
.PHONY: publish
publish: build ## put what is installed into artifacts/publish: both servers, with pages and font
	@dotnet publish identity/Identity.csproj --no-build $(RELEASE)
	@dotnet publish api/Api.csproj --no-build $(RELEASE)
	@tools/fonts.sh put artifacts/publish/Api/release

# Without npm everything else still works; the playground then says that it is missing.
$(PLAYGROUND): $(addprefix api/Playground/,package-lock.json build.mjs index.html playground.jsx playground.css signin.js accessible.js examples.js)
	@echo 'building the playground'
	@cd api/Playground && { npm ci --no-audit --no-fund --loglevel=error && npm run --silent build; } \
	  || { $(if $(CI),exit 1,echo 'warning: the playground could not be built: /playground will be missing' >&2); }

# Written against the contract, so that it does not build where it would not fit.
$(APP): openapi.yaml wire/House/house.css $(addprefix api/App/,package-lock.json build.mjs index.html app.css manifest.webmanifest) $(filter-out %/contract.d.ts,$(wildcard api/App/*.ts* api/App/*/*.ts*))
	@echo 'building the app'
	@cd api/App && { npm ci --no-audit --no-fund --loglevel=error && npm run --silent build; } \
	  || { $(if $(CI),exit 1,echo 'warning: the app could not be built: /app will be missing' >&2); }

# CI refuses a dependency that the committed lock files do not name.
.PHONY: restore
restore: sdk fonts $(PLAYGROUND) $(APP)
	@dotnet restore OneDoor.slnx --verbosity quiet $(if $(CI),--locked-mode)

.PHONY: fonts
fonts:
	@tools/fonts.sh up

.PHONY: sdk
sdk:
	@dotnet --version >/dev/null 2>&1 || { \
	  echo 'error: the .NET SDK that global.json names is missing: install .NET 10 (https://dot.net)' >&2; exit 1; }
