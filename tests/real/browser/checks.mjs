// What holds and what does not.

let passed = 0;
const failed = [];

export function check(what, holds, detail = "") {
  if (holds) return void passed++;
  failed.push(what);
  console.log(`  FAILED  ${what}${detail === "" ? "" : `: ${detail}`}`);
}

// A part of the trial: whatever stops it is one failure, and the next part goes on.
export async function part(name, act) {
  const [began, before] = [Date.now(), failed.length];
  try {
    await act();
  } catch (error) {
    check(name, false, error.stack.split("\n").filter((line) => !line.includes("node:")).slice(0, 4).join("\n"));
  }
  const state = failed.length === before ? "ok" : "FAILED";
  console.log(`${state.padEnd(6)}  ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
}

export function end() {
  console.log(`${passed} checks passed, ${failed.length} failed`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}
