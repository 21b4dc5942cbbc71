import { createRequire as __createRequire } from 'node:module';import { fileURLToPath as __fileURLToPath } from 'node:url';import { dirname as __parent } from 'node:path';const require = __createRequire(import.meta.url);const __filename = __fileURLToPath(import.meta.url);const __dirname = __parent(__filename);import { setFlagsFromString as __setFlag } from 'node:v8';__setFlag('--no-wasm-dynamic-tiering'),__setFlag('--no-wasm-tier-up')
import {
  Expected,
  git,
  gitOutput,
  records
} from "./chunk-DNFAPNNR.js";

// src/repo/changed.ts
async function changedFrom(root, base, { untracked = false } = {}) {
  const diff = ["diff", "-z", "--name-status", "-M", "--relative", "--no-ext-diff", "--ignore-submodules", base, "--"];
  const [known, unknown] = await Promise.all([
    gitOutput(root, diff),
    untracked ? gitOutput(root, ["ls-files", "-z", "--others", "--exclude-standard"]) : Buffer.of()
  ]);
  const files = [...statuses(records(known))];
  for (const path of records(unknown)) if (!path.endsWith("/")) files.push({ path, status: "added" });
  return files;
}
async function changedSince(root, ref) {
  const commit = await resolve(root, ref);
  if (commit === null)
    throw new Expected(`${JSON.stringify(ref)} names no commit here.`, {
      hint: "Give a branch, a tag or a commit; in CI, check out with `fetch-depth: 0`, or fetch it first."
    });
  const base = await mergeBase(root, commit);
  if (base === null)
    throw new Expected(`HEAD and ${JSON.stringify(ref)} have no commit in common here.`, {
      hint: "The clone may be shallow: check out with `fetch-depth: 0`."
    });
  return await changedFrom(root, base, { untracked: true });
}
async function resolve(root, ref) {
  const { code, stdout } = await git(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
  return code === 0 ? stdout.toString("utf8").trim() : null;
}
async function parents(root) {
  const text = (await gitOutput(root, ["cat-file", "-p", "HEAD"])).toString("utf8");
  const [header = ""] = text.split("\n\n", 1);
  return [...header.matchAll(/^parent ([0-9a-f]{40,64})$/gm)].map((match) => match[1] ?? "");
}
async function obtain(root, commit) {
  if (await resolve(root, commit) !== null) return true;
  if (!/^[0-9a-f]{40,64}$/.test(commit)) return false;
  const { code } = await git(root, ["fetch", "--no-tags", "--no-recurse-submodules", "--depth=1", "origin", commit]);
  return code === 0 && await resolve(root, commit) !== null;
}
async function mergeBase(root, commit) {
  for (const depth of [0, 50, 500, 5e3]) {
    if (depth > 0) {
      const shallow = (await gitOutput(root, ["rev-parse", "--is-shallow-repository"])).toString("utf8").trim();
      if (shallow !== "true") return null;
      const head = await resolve(root, "HEAD");
      const wanted = [commit, ...head === null ? [] : [head]];
      await git(root, ["fetch", "--no-tags", "--no-recurse-submodules", `--depth=${depth}`, "origin", ...wanted]);
    }
    const { code, stdout } = await git(root, ["merge-base", "HEAD", commit]);
    if (code === 0) return stdout.toString("utf8").trim();
  }
  return null;
}
function* statuses(fields) {
  for (let i = 0; i < fields.length; i += 2) {
    const status = fields[i] ?? "";
    const path = fields[i + 1] ?? "";
    if (/^[RC]/.test(status)) {
      const target = fields[i + 2] ?? "";
      yield status.startsWith("R") ? { path: target, status: "renamed", previous: path } : { path: target, status: "added" };
      i += 1;
    } else yield { path, status: status === "A" ? "added" : status === "D" ? "removed" : "modified" };
  }
}

export {
  changedFrom,
  changedSince,
  resolve,
  parents,
  obtain,
  mergeBase
};
