#!/usr/bin/env bash
# Lets Chromium print every kind of page to PDF on A4 and on Letter, and looks at what comes out (tests/print/browser.rs, tests/certificate/browser.rs).
# Without Chromium or poppler it says so and passes.
set -euo pipefail
cd "$(dirname "$0")/.."

for tool in chromium pdfinfo pdftotext; do
    if ! command -v "$tool" >/dev/null; then
        echo "tests/print.sh: skipped, as there is no $tool (Debian: apt install chromium poppler-utils)"
        exit 0
    fi
done
timeout 600 cargo test --quiet --locked --test print browser -- --ignored --nocapture --test-threads 2
timeout 300 cargo test --quiet --locked --test certificate browser -- --ignored --nocapture
