# Every target is a verb; `make` alone lists them. CI (.ci/run) runs the same.

SHELL       := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS   += --no-builtin-rules
.DEFAULT_GOAL := help

# Each fuzz target runs this long.
FUZZTIME ?= 10s
# Each attack of `make hostile`, and all of `make soak`, run this long.
HOSTILETIME ?= 30s
SOAKTIME ?= 10m
CLUSTERTIME ?= 20s
# The sample meeting listens here.
PORT ?= 2222
# Browsers come in here, as with WEB=8080; nowhere if it is empty.
WEB ?=
# Pinned, so that the same code is judged the same everywhere.
GOLANGCI := go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
GOVULN   := go run golang.org/x/vuln/cmd/govulncheck@v1.9.0

# What a release is made for, under which name, into which folder, with which time on its files.
PLATFORMS ?= linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64
VERSION   ?= $(shell git describe --tags --always 2>/dev/null || echo dev)
DIST      ?= bin/release
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 1500000000)

# runtime/secret erases what ballots and recovery codes leave in memory. It is there on two platforms.
SECRET := $(if $(filter linux/amd64 linux/arm64,$(shell go env GOOS)/$(shell go env GOARCH)),runtimesecret)
build: export GOEXPERIMENT := $(SECRET)

.PHONY: help
help: ## 列出这些目标
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: build
build: ## 编译出 bin/pingyi（静态链接，可以直接拷走）
	CGO_ENABLED=0 go build -trimpath -buildvcs=false -o bin/pingyi ./cmd/pingyi

.PHONY: cross
cross: ## 六个平台都编译得过，测试也是
	for platform in $(PLATFORMS); do \
		CGO_ENABLED=0 GOOS=$${platform%/*} GOARCH=$${platform#*/} go vet ./...; \
	done

.PHONY: release
release: ## 各平台的程序包、依赖的许可和 SHA256SUMS，写在 bin/release；同样的代码总是同样的字节
	@rm -rf "$(DIST)" && mkdir -p "$(DIST)"
	@stage=$$(mktemp -d); trap 'rm -rf "$$stage"' EXIT; \
	for platform in $(PLATFORMS); do \
		export CGO_ENABLED=0 GOFLAGS= GOOS=$${platform%/*} GOARCH=$${platform#*/} GOEXPERIMENT=; \
		if [ $$GOOS = linux ]; then GOEXPERIMENT=runtimesecret; fi; \
		name=pingyi-$(VERSION)-$$GOOS-$$GOARCH; \
		mkdir "$$stage/$$name"; \
		go build -trimpath -buildvcs=false -ldflags '-s -w -X main.version=$(VERSION)' -o "$$stage/$$name/" ./cmd/pingyi; \
		cp LICENSE README.md "$$stage/$$name/"; \
		if [ $$GOOS = linux ]; then cp cmd/pingyi/pingyi.service "$$stage/$$name/"; fi; \
		go list -deps -f '{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}} {{.Dir}}{{end}}{{end}}' ./cmd/pingyi | sort -u | \
		while read -r path version dir; do \
			printf '==== %s %s\n\n' "$$path" "$$version"; cat "$$dir"/LICEN[CS]E*; printf '\n'; \
			if [ -e "$$dir/NOTICE" ]; then cat "$$dir/NOTICE"; fi; \
		done > "$$stage/$$name/THIRD-PARTY.txt"; \
		{ printf '==== go %s\n\n' "$$(go env GOVERSION)"; cat "$$(go env GOROOT)/LICENSE"; printf '\n'; cat ssh/web/THIRD-PARTY.txt; } >> "$$stage/$$name/THIRD-PARTY.txt"; \
		chmod -R u=rwX,go=rX "$$stage/$$name"; \
		tar -C "$$stage" --format=ustar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@$$SOURCE_DATE_EPOCH -cf - $$name | gzip -9n > "$(DIST)/$$name.tar.gz"; \
	done
	@cd "$(DIST)" && sha256sum -- *.tar.gz > SHA256SUMS && cat SHA256SUMS

.PHONY: reproduce
reproduce: ## 在两个地方各编译一次（第二次不用缓存），程序包的字节要相同；PLATFORMS="$(go env GOOS)/…" 可以只做一个平台
	@other=$$(mktemp -d); trap 'chmod -R u+w "$$other"; rm -rf "$$other"' EXIT; \
	git ls-files -z | tar --null --files-from=- -cf - | tar -C "$$other" -xf -; \
	$(MAKE) --no-print-directory release DIST="$$other/first" VERSION=$(VERSION) PLATFORMS="$(PLATFORMS)"; \
	GOCACHE="$$other/cache" $(MAKE) --no-print-directory -C "$$other" release DIST="$$other/second" VERSION=$(VERSION) PLATFORMS="$(PLATFORMS)"; \
	cmp "$$other/first/SHA256SUMS" "$$other/second/SHA256SUMS"

.PHONY: vuln
vuln: ## 依赖里已知的漏洞（要连互联网）
	$(GOVULN) ./...

.PHONY: run
run: build ## 一次示范会：样例支部 + 模拟党员，数据在 ./data；端口被占用就加 PORT=2300，手机扫码就加 WEB=8080
	bin/pingyi host --robots --data ./data --sample --addr :$(PORT) $(if $(WEB),--web $(WEB))

.PHONY: test
test: ## go vet 和全部测试
	go vet ./...
	go test -timeout 20m ./...

.PHONY: race
race: ## 全部测试，带竞争检测（要有 gcc）；只走页面、没有并发的两个不跑
	CGO_ENABLED=1 go test -race -timeout 45m -skip "TestTapsReachWhatKeysReach|TestNothingThatIsSentNamesAKey" ./...

.PHONY: hostile
hostile: ## 恶意的客户端：每种 HOSTILETIME（默认 30s），同时量党员感到的快慢，打印成表；坏磁盘：每次写都可能失败、断电（要有 root 和 /dev/fuse）
	go test -count=1 -tags hostile -run Disk -v ./store/bolt
	HOSTILETIME=$(HOSTILETIME) go test -count=1 -timeout 120m -v -run TestHostileClients ./cmd/pingyi

.PHONY: soak
soak: ## 200 个会话来来去去 SOAKTIME（默认 10m）：内存和协程不涨（Linux）
	SOAKTIME=$(SOAKTIME) SOAKSESSIONS=200 go test -count=1 -timeout 60m -v -run TestSoak ./cmd/pingyi

.PHONY: interop
interop: ## 用 belenios-tool 核对选票与归档；用 LibreOffice、python 和校验器打开全部材料；用别家的 SSH 客户端登录；网页的 SSH 客户端连我们的、Go 的和 OpenSSH 的服务器，dist 要和源码一致
	npm ci --prefix meeting/paper/testdata/npm --no-audit --no-fund --silent
	npm ci --prefix cmd/pingyi/testdata/npm --no-audit --no-fund --silent --omit=optional --ignore-scripts
	npm ci --prefix ssh/web --no-audit --no-fund --silent --ignore-scripts
	go test -tags interop ./meeting/ballot
	go test -tags interop -run TestOtherProgramsReadThePapers ./meeting/paper
	go test -tags interop -run "Belenios|OtherClients|ThePage" ./cmd/pingyi

.PHONY: cluster
cluster: ## 几台服务器共用 etcd：真的 etcd 成员和服务器，被杀、停住、断线；CLUSTERTIME=10m 跑得更久
	go test -count=1 -tags cluster -timeout 10m ./store/etcd/...
	go test -count=1 -tags cluster -run Cluster ./store/folder
	CLUSTERTIME=$(CLUSTERTIME) go test -count=1 -tags cluster -run Cluster -timeout 60m -v ./cmd/pingyi

.PHONY: browser
browser: ## 网页在真的浏览器里（要有 chromium）；PICTURES=文件夹 还留下各页的图
	go test -count=1 -tags browser -run 'Browser' -timeout 10m ./cmd/pingyi

.PHONY: fuzz
fuzz: ## 逐个运行模糊测试，每个 FUZZTIME（默认 10s）
	go test -list '^Fuzz' ./... | awk '/^Fuzz/ { name[n++] = $$1 } /^ok/ { for (i = 0; i < n; i++) print $$2, name[i]; n = 0 }' | \
	while read -r pkg name; do \
		go test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 20x "$$pkg" </dev/null; \
	done

.PHONY: golden
golden: ## 重画所有屏幕的样张（tui、材料），看过差别再提交
	go test ./tui ./meeting/paper -update

.PHONY: web
web: ## 由 ssh/web/src 重做网页 ssh/web/dist（要有 node 和 npm）
	npm ci --prefix ssh/web --no-audit --no-fund --silent --ignore-scripts
	node ssh/web/build.mjs

.PHONY: pictures
pictures: build ## 重画 README 里的图（要有 fonts-noto-cjk、libreoffice-writer、libreoffice-calc、poppler-utils、chromium）
	@mkdir -p tui/pictures meeting/paper/pictures ssh/web/pictures
	go test -count=1 -tags pictures ./tui -run TestThePicturesOfTheReadme
	PICTURES="$(CURDIR)/ssh/web/pictures" $(MAKE) --no-print-directory browser
	@dir=$$(mktemp -d); trap 'rm -rf "$$dir"' EXIT; \
	bin/pingyi demo --members 14 -o "$$dir/papers" >/dev/null 2>&1; \
	soffice --headless "-env:UserInstallation=file://$$dir/office" --convert-to pdf --outdir "$$dir" "$$dir"/papers/{plan,request,register-m03}.docx "$$dir"/papers/{summary,ratings}.xlsx >/dev/null; \
	for name in plan request register-m03 summary ratings; do \
		page=1; if [ $$name = register-m03 ]; then page=2; fi; \
		pdftoppm -r 60 -f $$page -l $$page -singlefile -png "$$dir/$$name.pdf" meeting/paper/pictures/$$name; \
	done

.PHONY: cheatsheet
cheatsheet: ## 由各页的按键重写 README 里的按键表
	go test ./tui -run TestTheCheatSheetInTheReadmeIsFresh -update

.PHONY: lint
lint: ## gofmt、go vet、golangci-lint（第一次要编译几分钟）
	@unformatted=$$(gofmt -l .); if [ -n "$$unformatted" ]; then echo "gofmt -w:"; echo "$$unformatted"; exit 1; fi
	go vet -tags interop,pictures,hostile,browser,cluster ./...
	$(GOLANGCI) run ./...

.PHONY: bench
bench: build ## 全部性能测量：先是 pingyi bench（和底线比，十来分钟），再是各个包的，最后是手机浏览器里的第一页和一次点击（要有 chromium）
	bin/pingyi bench
	go test -run '^$$' -bench . -benchmem ./...
	go test -count=1 -tags browser -run TestBrowserSpeed -v ./cmd/pingyi

.PHONY: cover
cover: ## 测试覆盖率，明细在 bin/cover.html
	@mkdir -p bin
	go test -coverpkg=./... -coverprofile=bin/cover.out ./...
	go tool cover -html=bin/cover.out -o bin/cover.html
	go tool cover -func=bin/cover.out | tail -n 1
