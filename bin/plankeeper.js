#!/usr/bin/env node
import "../dist/cli/plankeeper.js";
