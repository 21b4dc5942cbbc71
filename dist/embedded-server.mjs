/**
 * Postgres as WebAssembly (PGlite), in a process of its own: `embedded.ts` starts it, without rights on the machine and
 * without an environment, and ends it. Each database is an instance. Messages of the wire protocol go in, answers come out.
 *
 * JavaScript, because it runs as it is both from the sources and from the bundle.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const [, , folder, extensions] = process.argv;
const home = new URL(folder);
const { MemoryFS, PGlite } = await import(new URL('index.js', home));
const { PGDATA, PG_ROOT } = PGlite.paths;

/** Files of all databases together, in bytes; WebAssembly itself ends at 2 GiB for each of them. */
const MOST_BYTES = 2 ** 30;
const ENOSPC = 51;
/** What a statement may answer, in bytes and in messages, which wait in memory while it runs; and the status that says so. */
const MOST_ANSWERED = 2 ** 26;
const MOST_PARTS = 300_000;
const TOO_MUCH = 3;
/** As of a server, where PGlite sets search_path; and as of `local.ts`. */
const SETTINGS = {
  exit_on_error: 'false',
  io_method: 'sync',
  jit: 'off',
  log_checkpoints: 'false',
  max_locks_per_transaction: '512',
  max_parallel_maintenance_workers: '0',
  max_parallel_workers: '0',
  max_parallel_workers_per_gather: '0',
  max_worker_processes: '0',
};
const START = [
  '--single',
  '-F',
  '-j',
  ...Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
];
/** CopyFail. It follows each query as in answer to COPY FROM STDIN, and is ignored after all else (manual, 54.2.6). */
const COPY_FAIL = Buffer.from('f\0\0\0\x1ano rows are sent here\0', 'latin1');

const databases = new Map();
const modules = Promise.all(
  ['pglite.wasm', 'initdb.wasm'].map(name => WebAssembly.compile(readFileSync(new URL(name, home)))),
);

/** One message after the other; an instance that comes to an end ends the process. */
let turn = Promise.resolve();
process.on('message', message => {
  turn = turn.then(() => obey(message)).catch(() => process.exit(1));
});

async function obey({ create, like, drop, to, session, bytes }) {
  if (create !== undefined) {
    databases.set(create, await start(databases.get(like)));
    process.send({ created: create });
  }
  if (drop !== undefined) await end(drop);
  if (to !== undefined) await answer(databases.get(to), session, bytes);
}

/** A new instance, or a copy of one. */
async function start(like) {
  const [pgliteWasmModule, initdbWasmModule] = await modules;
  const db = await PGlite.create({
    pgliteWasmModule,
    initdbWasmModule,
    startParams: START,
    initDbStartParams: ['--no-sync', '--wal-segsize=1'],
    ...(like && { fs: new CopiedFiles(like.db) }),
  });
  limit(db.Module);
  const instance = { db, extended: false };
  if (like?.extended) extend(instance);
  return instance;
}

class CopiedFiles extends MemoryFS {
  constructor(like) {
    super();
    this.like = like;
  }

  async initialSyncFs() {
    const [from, to] = [this.like.Module.FS, this.pg.Module.FS];
    const copy = path => {
      const { mode } = from.stat(path);
      if (!from.isDir(mode)) return to.writeFile(path, from.readFile(path), { mode });
      to.mkdirTree(path, mode);
      for (const name of from.readdir(path)) if (name !== '.' && name !== '..') copy(`${path}/${name}`);
    };
    copy(PGDATA);
  }
}

/** The disk is full at MOST_BYTES: Postgres says so (53100). */
function limit({ FS, MEMFS }) {
  const { expandFileStorage } = MEMFS;
  const sizeOf = ({ mode, contents }) =>
    FS.isDir(mode) ? Object.values(contents).reduce((sum, node) => sum + sizeOf(node), 0) : (contents?.length ?? 0);
  const size = () => sizeOf(FS.lookupPath(PG_ROOT).node);
  let used = size();
  MEMFS.expandFileStorage = (node, capacity) => {
    const had = node.contents.length;
    // Files that were removed count until the limit is met.
    if (capacity > had && used + capacity - had > MOST_BYTES && (used = size()) + capacity - had > MOST_BYTES)
      throw new FS.ErrnoError(ENOSPC);
    expandFileStorage.call(MEMFS, node, capacity);
    used += node.contents.length - had;
  };
}

/** Takes its memory back at once: a copy holds 200 MB, and nothing else makes the collector run. */
async function end(name) {
  await databases
    .get(name)
    ?.db.close()
    .catch(() => undefined);
  databases.delete(name);
  globalThis.gc();
}

async function answer(instance, session, bytes) {
  const isQuery = bytes[0] === 0x51;
  if (!instance.extended && isQuery && /extension/i.test(Buffer.from(bytes).toString('latin1'))) extend(instance);
  let answered = 0;
  let parts = 0;
  const onRawData = part => {
    answered += part.length;
    parts += 1;
    if (answered > MOST_ANSWERED || parts > MOST_PARTS) process.exit(TOO_MUCH);
    process.send({ session, bytes: part });
  };
  await instance.db.execProtocolRawStream(isQuery ? Buffer.concat([bytes, COPY_FAIL]) : bytes, { onRawData });
}

/** Puts the files of the extensions into place; it takes longer than most migrations, and few need it. */
function extend(instance) {
  instance.extended = true;
  for (const name of extensions.split(','))
    for (const file of untar(gunzipSync(readFileSync(new URL(`${name}.tar.gz`, home)))))
      instance.db.copyToFS(`${PG_ROOT}/${file.name}`, file.bytes);
}

/** The plain files of a tar archive (POSIX ustar: blocks of 512 bytes, sizes in octal). */
function* untar(archive) {
  const text = (from, to) => archive.toString('latin1', from, to).replace(/\0.*$/s, '');
  for (let at = 0; at < archive.length && archive[at] !== 0;) {
    const size = parseInt(text(at + 124, at + 136), 8) || 0;
    const isFile = ['0', ''].includes(text(at + 156, at + 157));
    if (isFile) yield { name: text(at, at + 100), bytes: archive.subarray(at + 512, at + 512 + size) };
    at += 512 + Math.ceil(size / 512) * 512;
  }
}
