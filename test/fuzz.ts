import fc from "fast-check";

// A test that fails must fail again, here and elsewhere, so properties draw from one seed. `npm run fuzz` draws from a new one each time,
// and more often: what it finds becomes a test of its own.
const { FUZZ_SEED: seed, FUZZ_RUNS: runs } = process.env;

fc.configureGlobal({
  ...(seed === "new" ? {} : { seed: Number(seed ?? 20_261_128) }),
  ...(runs === undefined ? {} : { numRuns: Number(runs) }),
});
