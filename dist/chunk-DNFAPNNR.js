import { createRequire as __createRequire } from 'node:module';import { fileURLToPath as __fileURLToPath } from 'node:url';import { dirname as __parent } from 'node:path';const require = __createRequire(import.meta.url);const __filename = __fileURLToPath(import.meta.url);const __dirname = __parent(__filename);import { setFlagsFromString as __setFlag } from 'node:v8';__setFlag('--no-wasm-dynamic-tiering'),__setFlag('--no-wasm-tier-up')

// src/errors.ts
var Expected = class extends Error {
  name = "Expected";
  hint;
  span;
  constructor(message, { hint = null, span = null, cause } = {}) {
    super(message, { cause });
    this.hint = hint;
    this.span = span;
  }
};

// src/repo/git.ts
var SETTINGS = ["-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "-c", "core.hooksPath=/dev/null"];
async function git(root, args) {
  const { exec } = await import("./exec-HLFKNFTI.js");
  const stdout = [];
  const stderr = [];
  const trust = process.env.GITHUB_ACTIONS === "true" ? ["-c", `safe.directory=${root}`] : [];
  const code = await exec("git", [...SETTINGS, ...trust, ...args], {
    cwd: root,
    silent: true,
    ignoreReturnCode: true,
    env: { ...environment(), GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0", LC_ALL: "C" },
    listeners: { stdout: (data) => void stdout.push(data), stderr: (data) => void stderr.push(data) }
  });
  return { code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString("utf8").trim() };
}
var gitOutput = async (root, args) => succeeded(args[0] ?? "", root, await git(root, args));
function succeeded(what, root, result) {
  if (result?.code === 0) return result.stdout;
  const said = result?.stderr ?? "git is not installed";
  throw new Expected(`git ${what} failed: ${said.split("\n", 1)[0] ?? ""}`, {
    hint: said.includes("dubious ownership") ? `Run: git config --global --add safe.directory ${root}` : null
  });
}
var records = (output) => output.toString("utf8").split("\0").filter((record) => record !== "");
var environment = () => Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) => value === void 0 ? [] : [[name, value]])
);

export {
  Expected,
  git,
  gitOutput,
  succeeded,
  records
};
