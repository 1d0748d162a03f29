"""From trained modules to what the browser runs: graph.json, fp16 weights, goldens, cards and the manifest."""
