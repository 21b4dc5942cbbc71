import { createRequire as __createRequire } from 'node:module';import { fileURLToPath as __fileURLToPath } from 'node:url';import { dirname as __parent } from 'node:path';const require = __createRequire(import.meta.url);const __filename = __fileURLToPath(import.meta.url);const __dirname = __parent(__filename);import { setFlagsFromString as __setFlag } from 'node:v8';__setFlag('--no-wasm-dynamic-tiering'),__setFlag('--no-wasm-tier-up')
import {
  Expected,
  git,
  records,
  succeeded
} from "./chunk-DNFAPNNR.js";
import {
  __commonJS,
  __require,
  __toESM
} from "./chunk-EJLDCV5Y.js";

// node_modules/libpg-query/wasm/libpg-query.js
var require_libpg_query = __commonJS({
  "node_modules/libpg-query/wasm/libpg-query.js"(exports, module) {
    var PgQueryModule2 = (() => {
      var _scriptName = globalThis.document?.currentScript?.src;
      return async function(moduleArg = {}) {
        var Module = moduleArg;
        var ENVIRONMENT_IS_WEB = !!globalThis.window;
        var ENVIRONMENT_IS_WORKER = !!globalThis.WorkerGlobalScope;
        var ENVIRONMENT_IS_NODE = globalThis.process?.versions?.node && globalThis.process?.type != "renderer";
        var programArgs = [];
        var thisProgram = "./this.program";
        var quit_ = (status, toThrow) => {
          throw toThrow;
        };
        if (typeof __filename != "undefined") {
          _scriptName = __filename;
        } else if (ENVIRONMENT_IS_WORKER) {
          _scriptName = self.location.href;
        }
        var scriptDirectory = "";
        function locateFile(path) {
          if (Module["locateFile"]) {
            return Module["locateFile"](path, scriptDirectory);
          }
          return scriptDirectory + path;
        }
        var readAsync, readBinary;
        if (ENVIRONMENT_IS_NODE) {
          var fs = __require("node:fs");
          scriptDirectory = __dirname + "/";
          readBinary = (filename) => {
            filename = isFileURI(filename) ? new URL(filename) : filename;
            var ret = fs.readFileSync(filename);
            return ret;
          };
          readAsync = async (filename, binary = true) => {
            filename = isFileURI(filename) ? new URL(filename) : filename;
            var ret = fs.readFileSync(filename, binary ? void 0 : "utf8");
            return ret;
          };
          if (process.argv.length > 1) {
            thisProgram = process.argv[1].replace(/\\/g, "/");
          }
          programArgs = process.argv.slice(2);
          quit_ = (status, toThrow) => {
            process.exitCode = status;
            throw toThrow;
          };
        } else if (ENVIRONMENT_IS_WEB || ENVIRONMENT_IS_WORKER) {
          try {
            scriptDirectory = new URL(".", _scriptName).href;
          } catch {
          }
          {
            if (ENVIRONMENT_IS_WORKER) {
              readBinary = (url) => {
                var xhr = new XMLHttpRequest();
                xhr.open("GET", url, false);
                xhr.responseType = "arraybuffer";
                xhr.send(null);
                return new Uint8Array(xhr.response);
              };
            }
            readAsync = async (url) => {
              var response = await fetch(url, { credentials: "same-origin" });
              if (response.ok) {
                return response.arrayBuffer();
              }
              throw new Error(response.status + " : " + response.url);
            };
          }
        } else {
        }
        var out = console.log.bind(console);
        var err = console.error.bind(console);
        var wasmBinary;
        var ABORT = false;
        var EXITSTATUS;
        var isFileURI = (filename) => filename.startsWith("file://");
        class EmscriptenEH {
        }
        class EmscriptenSjLj extends EmscriptenEH {
        }
        var runtimeInitialized = false;
        function getMemoryBuffer() {
          return wasmMemory.buffer;
        }
        function updateMemoryViews() {
          if (HEAP8?.buffer?.resizable) return;
          var b = getMemoryBuffer();
          HEAP8 = new Int8Array(b);
          HEAP16 = new Int16Array(b);
          Module["HEAPU8"] = HEAPU8 = new Uint8Array(b);
          HEAPU16 = new Uint16Array(b);
          HEAP32 = new Int32Array(b);
          Module["HEAPU32"] = HEAPU32 = new Uint32Array(b);
          HEAPF32 = new Float32Array(b);
          HEAPF64 = new Float64Array(b);
          HEAP64 = new BigInt64Array(b);
          HEAPU64 = new BigUint64Array(b);
        }
        function preRun() {
          var preRun2 = Module["preRun"];
          if (preRun2) {
            if (typeof preRun2 == "function") preRun2 = [preRun2];
            onPreRuns.push(...preRun2);
          }
          callRuntimeCallbacks(onPreRuns);
        }
        function initRuntime() {
          runtimeInitialized = true;
          if (!Module["noFSInit"] && !FS.initialized) FS.init();
          TTY.init();
          wasmExports["A"]();
          FS.ignorePermissions = false;
        }
        function postRun() {
          var postRun2 = Module["postRun"];
          if (postRun2) {
            if (typeof postRun2 == "function") postRun2 = [postRun2];
            onPostRuns.push(...postRun2);
          }
          callRuntimeCallbacks(onPostRuns);
        }
        function abort(what2) {
          Module["onAbort"]?.(what2);
          what2 = `Aborted(${what2})`;
          err(what2);
          ABORT = true;
          what2 += ". Build with -sASSERTIONS for more info.";
          var e = new WebAssembly.RuntimeError(what2);
          throw e;
        }
        var wasmBinaryFile;
        function findWasmBinary() {
          return locateFile("libpg-query.wasm");
        }
        function getBinarySync(file) {
          if (readBinary) {
            return readBinary(file);
          }
          throw "both async and sync fetching of the wasm failed";
        }
        async function getWasmBinary(binaryFile) {
          if (!wasmBinary) {
            try {
              var response = await readAsync(binaryFile);
              return new Uint8Array(response);
            } catch {
            }
          }
          return getBinarySync(binaryFile);
        }
        async function instantiateArrayBuffer(binaryFile, imports) {
          try {
            var binary = await getWasmBinary(binaryFile);
            var instance = await WebAssembly.instantiate(binary, imports);
            return instance;
          } catch (reason) {
            err(`failed to asynchronously prepare wasm: ${reason}`);
            abort(reason);
          }
        }
        async function instantiateAsync(binary, binaryFile, imports) {
          if (!binary && !ENVIRONMENT_IS_NODE) {
            try {
              var response = fetch(binaryFile, { credentials: "same-origin" });
              var instantiationResult = await WebAssembly.instantiateStreaming(response, imports);
              return instantiationResult;
            } catch (reason) {
              err(`wasm streaming compile failed: ${reason}`);
              err("falling back to ArrayBuffer instantiation");
            }
          }
          return instantiateArrayBuffer(binaryFile, imports);
        }
        function getWasmImports() {
          var imports = { a: wasmImports };
          return imports;
        }
        async function createWasm() {
          function receiveInstance(instance) {
            wasmExports = instance.exports;
            assignWasmExports(wasmExports);
            updateMemoryViews();
            return wasmExports;
          }
          function receiveInstantiationResult(result2) {
            return receiveInstance(result2["instance"]);
          }
          var info = getWasmImports();
          var instantiateWasm = Module["instantiateWasm"];
          if (instantiateWasm) {
            return new Promise((resolve2) => {
              instantiateWasm(info, (inst) => resolve2(receiveInstance(inst)));
            });
          }
          wasmBinaryFile ??= findWasmBinary();
          var result = await instantiateAsync(wasmBinary, wasmBinaryFile, info);
          var exports2 = receiveInstantiationResult(result);
          return exports2;
        }
        class ExitStatus {
          name = "ExitStatus";
          constructor(status) {
            this.message = `Program terminated with exit(${status})`;
            this.status = status;
          }
        }
        var HEAP16;
        var HEAP32;
        var HEAP64;
        var HEAP8;
        var HEAPF32;
        var HEAPF64;
        var HEAPU16;
        var HEAPU32;
        var HEAPU64;
        var HEAPU8;
        var callRuntimeCallbacks = (callbacks) => {
          while (callbacks.length > 0) {
            callbacks.shift()(Module);
          }
        };
        var onPostRuns = [];
        var onPreRuns = [];
        function getValue(ptr, type = "i8") {
          if (type.endsWith("*")) type = "*";
          switch (type) {
            case "i1":
              return HEAP8[ptr];
            case "i8":
              return HEAP8[ptr];
            case "i16":
              return HEAP16[ptr >> 1];
            case "i32":
              return HEAP32[ptr >> 2];
            case "i64":
              return HEAP64[ptr >> 3];
            case "float":
              return HEAPF32[ptr >> 2];
            case "double":
              return HEAPF64[ptr >> 3];
            case "*":
              return HEAPU32[ptr >> 2];
            default:
              abort(`invalid type for getValue: ${type}`);
          }
        }
        var noExitRuntime = true;
        var stackRestore = (val) => __emscripten_stack_restore(val);
        var stackSave = () => _emscripten_stack_get_current();
        var UTF8Decoder = globalThis.TextDecoder && new TextDecoder();
        var findStringEnd = (heapOrArray, idx, maxBytesToRead, ignoreNul) => {
          var maxIdx = idx + maxBytesToRead;
          if (ignoreNul) return maxIdx;
          while (heapOrArray[idx] && !(idx >= maxIdx)) ++idx;
          return idx;
        };
        var UTF8ArrayToString = (heapOrArray, idx = 0, maxBytesToRead, ignoreNul) => {
          var endPtr = findStringEnd(heapOrArray, idx, maxBytesToRead, ignoreNul);
          if (endPtr - idx > 16 && heapOrArray.buffer && UTF8Decoder) {
            return UTF8Decoder.decode(heapOrArray.subarray(idx, endPtr));
          }
          var str = "";
          while (idx < endPtr) {
            var u0 = heapOrArray[idx++];
            if (!(u0 & 128)) {
              str += String.fromCharCode(u0);
              continue;
            }
            var u1 = heapOrArray[idx++] & 63;
            if ((u0 & 224) == 192) {
              str += String.fromCharCode((u0 & 31) << 6 | u1);
              continue;
            }
            var u2 = heapOrArray[idx++] & 63;
            if ((u0 & 240) == 224) {
              u0 = (u0 & 15) << 12 | u1 << 6 | u2;
            } else {
              u0 = (u0 & 7) << 18 | u1 << 12 | u2 << 6 | heapOrArray[idx++] & 63;
            }
            if (u0 < 65536) {
              str += String.fromCharCode(u0);
            } else {
              var ch = u0 - 65536;
              str += String.fromCharCode(55296 | ch >> 10, 56320 | ch & 1023);
            }
          }
          return str;
        };
        var UTF8ToString = (ptr, maxBytesToRead, ignoreNul) => ptr ? UTF8ArrayToString(HEAPU8, ptr, maxBytesToRead, ignoreNul) : "";
        var ___assert_fail = (condition, filename, line, func) => abort(`Assertion failed: ${UTF8ToString(condition)}, at: ` + [filename ? UTF8ToString(filename) : "unknown filename", line, func ? UTF8ToString(func) : "unknown function"]);
        var __abort_js = () => abort("");
        var runtimeKeepaliveCounter = 0;
        var __emscripten_runtime_keepalive_clear = () => {
          noExitRuntime = false;
          runtimeKeepaliveCounter = 0;
        };
        var __emscripten_throw_longjmp = () => {
          throw new EmscriptenSjLj();
        };
        var timers = {};
        var handleException = (e) => {
          if (e instanceof ExitStatus || e == "unwind") {
            return EXITSTATUS;
          }
          quit_(1, e);
        };
        var keepRuntimeAlive = () => noExitRuntime || runtimeKeepaliveCounter > 0;
        var _proc_exit = (code2) => {
          EXITSTATUS = code2;
          if (!keepRuntimeAlive()) {
            Module["onExit"]?.(code2);
            ABORT = true;
          }
          quit_(code2, new ExitStatus(code2));
        };
        var exitJS = (status, implicit) => {
          EXITSTATUS = status;
          _proc_exit(status);
        };
        var _exit = exitJS;
        var maybeExit = () => {
          if (!keepRuntimeAlive()) {
            try {
              _exit(EXITSTATUS);
            } catch (e) {
              handleException(e);
            }
          }
        };
        var callUserCallback = (func) => {
          if (ABORT) {
            return;
          }
          try {
            return func();
          } catch (e) {
            handleException(e);
          } finally {
            maybeExit();
          }
        };
        var _emscripten_get_now = () => performance.now();
        var __setitimer_js = (which, timeout_ms) => {
          if (timers[which]) {
            clearTimeout(timers[which].id);
            delete timers[which];
          }
          if (!timeout_ms) return 0;
          var id = setTimeout(() => {
            delete timers[which];
            callUserCallback(() => __emscripten_timeout(which, _emscripten_get_now()));
          }, timeout_ms);
          timers[which] = { id, timeout_ms };
          return 0;
        };
        var getHeapMax = () => 1073741824;
        var alignMemory = (size, alignment) => Math.ceil(size / alignment) * alignment;
        var growMemory = (size) => {
          var oldHeapSize = wasmMemory.buffer.byteLength;
          var pages = (size - oldHeapSize + 65535) / 65536 | 0;
          try {
            wasmMemory.grow(pages);
            updateMemoryViews();
            return 1;
          } catch (e) {
          }
        };
        var _emscripten_resize_heap = (requestedSize) => {
          var oldSize = HEAPU8.length;
          requestedSize >>>= 0;
          var maxHeapSize = getHeapMax();
          if (requestedSize > maxHeapSize) {
            return false;
          }
          for (var cutDown = 1; cutDown <= 4; cutDown *= 2) {
            var overGrownHeapSize = oldSize * (1 + 0.2 / cutDown);
            overGrownHeapSize = Math.min(overGrownHeapSize, requestedSize + 100663296);
            var newSize = Math.min(maxHeapSize, alignMemory(Math.max(requestedSize, overGrownHeapSize), 65536));
            var replacement = growMemory(newSize);
            if (replacement) {
              return true;
            }
          }
          return false;
        };
        var PATH = { isAbs: (path) => path.charAt(0) === "/", splitPath: (filename) => {
          var splitPathRe = /^(\/?|)([\s\S]*?)((?:\.{1,2}|[^\/]+?|)(\.[^.\/]*|))(?:[\/]*)$/;
          return splitPathRe.exec(filename).slice(1);
        }, normalizeArray: (parts2, allowAboveRoot) => {
          var up = 0;
          for (var i = parts2.length - 1; i >= 0; i--) {
            var last = parts2[i];
            if (last === ".") {
              parts2.splice(i, 1);
            } else if (last === "..") {
              parts2.splice(i, 1);
              up++;
            } else if (up) {
              parts2.splice(i, 1);
              up--;
            }
          }
          if (allowAboveRoot) {
            for (; up; up--) {
              parts2.unshift("..");
            }
          }
          return parts2;
        }, normalize: (path) => {
          var isAbsolute = PATH.isAbs(path), trailingSlash = path.slice(-1) === "/";
          path = PATH.normalizeArray(path.split("/").filter((p) => !!p), !isAbsolute).join("/");
          if (!path && !isAbsolute) {
            path = ".";
          }
          if (path && trailingSlash) {
            path += "/";
          }
          return (isAbsolute ? "/" : "") + path;
        }, dirname: (path) => {
          var result = PATH.splitPath(path), root = result[0], dir = result[1];
          if (!root && !dir) {
            return ".";
          }
          if (dir) {
            dir = dir.slice(0, -1);
          }
          return root + dir;
        }, basename: (path) => path && path.match(/([^\/]+|\/)\/*$/)[1], join: (...paths) => PATH.normalize(paths.join("/")), join2: (l, r) => PATH.normalize(l + "/" + r) };
        var initRandomFill = () => {
          if (ENVIRONMENT_IS_NODE) {
            var nodeCrypto = __require("node:crypto");
            return (view) => (nodeCrypto.randomFillSync(view), 0);
          }
          return (view) => (crypto.getRandomValues(view), 0);
        };
        var randomFill = (view) => (randomFill = initRandomFill())(view);
        var PATH_FS = { resolve: (...args) => {
          var resolvedPath = "", resolvedAbsolute = false;
          for (var i = args.length - 1; i >= -1 && !resolvedAbsolute; i--) {
            var path = i >= 0 ? args[i] : FS.cwd();
            if (typeof path != "string") {
              throw new TypeError("Arguments to path.resolve must be strings");
            } else if (!path) {
              return "";
            }
            resolvedPath = path + "/" + resolvedPath;
            resolvedAbsolute = PATH.isAbs(path);
          }
          resolvedPath = PATH.normalizeArray(resolvedPath.split("/").filter((p) => !!p), !resolvedAbsolute).join("/");
          return (resolvedAbsolute ? "/" : "") + resolvedPath || ".";
        }, relative: (from, to) => {
          from = PATH_FS.resolve(from).slice(1);
          to = PATH_FS.resolve(to).slice(1);
          function trim(arr) {
            var start = 0;
            for (; start < arr.length; start++) {
              if (arr[start] !== "") break;
            }
            var end2 = arr.length - 1;
            for (; end2 >= 0; end2--) {
              if (arr[end2] !== "") break;
            }
            if (start > end2) return [];
            return arr.slice(start, end2 - start + 1);
          }
          var fromParts = trim(from.split("/"));
          var toParts = trim(to.split("/"));
          var length2 = Math.min(fromParts.length, toParts.length);
          var samePartsLength = length2;
          for (var i = 0; i < length2; i++) {
            if (fromParts[i] !== toParts[i]) {
              samePartsLength = i;
              break;
            }
          }
          var outputParts = [];
          for (var i = samePartsLength; i < fromParts.length; i++) {
            outputParts.push("..");
          }
          outputParts = outputParts.concat(toParts.slice(samePartsLength));
          return outputParts.join("/");
        } };
        var FS_stdin_getChar_buffer = [];
        var lengthBytesUTF8 = (str) => {
          var len = 0;
          for (var i = 0; i < str.length; ++i) {
            var c = str.charCodeAt(i);
            if (c <= 127) {
              len++;
            } else if (c <= 2047) {
              len += 2;
            } else if (c >= 55296 && c <= 57343) {
              len += 4;
              ++i;
            } else {
              len += 3;
            }
          }
          return len;
        };
        var stringToUTF8Array = (str, heap, outIdx, maxBytesToWrite) => {
          if (!(maxBytesToWrite > 0)) return 0;
          var startIdx = outIdx;
          var endIdx = outIdx + maxBytesToWrite - 1;
          for (var i = 0; i < str.length; ++i) {
            var u = str.codePointAt(i);
            if (u <= 127) {
              if (outIdx >= endIdx) break;
              heap[outIdx++] = u;
            } else if (u <= 2047) {
              if (outIdx + 1 >= endIdx) break;
              heap[outIdx++] = 192 | u >> 6;
              heap[outIdx++] = 128 | u & 63;
            } else if (u <= 65535) {
              if (outIdx + 2 >= endIdx) break;
              heap[outIdx++] = 224 | u >> 12;
              heap[outIdx++] = 128 | u >> 6 & 63;
              heap[outIdx++] = 128 | u & 63;
            } else {
              if (outIdx + 3 >= endIdx) break;
              heap[outIdx++] = 240 | u >> 18;
              heap[outIdx++] = 128 | u >> 12 & 63;
              heap[outIdx++] = 128 | u >> 6 & 63;
              heap[outIdx++] = 128 | u & 63;
              i++;
            }
          }
          heap[outIdx] = 0;
          return outIdx - startIdx;
        };
        var intArrayFromString = (stringy, dontAddNull, length2) => {
          var len = length2 > 0 ? length2 : lengthBytesUTF8(stringy) + 1;
          var u8array = new Array(len);
          var numBytesWritten = stringToUTF8Array(stringy, u8array, 0, u8array.length);
          if (dontAddNull) u8array.length = numBytesWritten;
          return u8array;
        };
        var FS_stdin_getChar = () => {
          if (!FS_stdin_getChar_buffer.length) {
            var result = null;
            if (ENVIRONMENT_IS_NODE) {
              var BUFSIZE = 256;
              var buf = Buffer.alloc(BUFSIZE);
              var bytesRead = 0;
              var fd = process.stdin.fd;
              try {
                bytesRead = fs.readSync(fd, buf, 0, BUFSIZE);
              } catch (e) {
                if (e.toString().includes("EOF")) bytesRead = 0;
                else throw e;
              }
              if (bytesRead > 0) {
                result = buf.slice(0, bytesRead).toString("utf-8");
              }
            } else if (globalThis.window?.prompt) {
              result = window.prompt("Input: ");
              if (result !== null) {
                result += "\n";
              }
            } else {
            }
            if (!result) {
              return null;
            }
            FS_stdin_getChar_buffer = intArrayFromString(result, true);
          }
          return FS_stdin_getChar_buffer.shift();
        };
        var TTY = { ttys: [], init() {
        }, shutdown() {
        }, register(dev, ops) {
          TTY.ttys[dev] = { input: [], output: [], ops };
          FS.registerDevice(dev, TTY.stream_ops);
        }, stream_ops: { open(stream) {
          var tty = TTY.ttys[stream.node.rdev];
          if (!tty) {
            throw new FS.ErrnoError(43);
          }
          stream.tty = tty;
          stream.seekable = false;
        }, close(stream) {
          stream.tty.ops.fsync(stream.tty);
        }, fsync(stream) {
          stream.tty.ops.fsync(stream.tty);
        }, read(stream, buffer, offset, length2, pos) {
          if (!stream.tty || !stream.tty.ops.get_char) {
            throw new FS.ErrnoError(60);
          }
          var bytesRead = 0;
          for (var i = 0; i < length2; i++) {
            var result;
            try {
              result = stream.tty.ops.get_char(stream.tty);
            } catch (e) {
              throw new FS.ErrnoError(29);
            }
            if (result === void 0 && bytesRead === 0) {
              throw new FS.ErrnoError(6);
            }
            if (result === null || result === void 0) break;
            bytesRead++;
            buffer[offset + i] = result;
          }
          if (bytesRead) {
            stream.node.atime = Date.now();
          }
          return bytesRead;
        }, write(stream, buffer, offset, length2, pos) {
          if (!stream.tty || !stream.tty.ops.put_char) {
            throw new FS.ErrnoError(60);
          }
          try {
            for (var i = 0; i < length2; i++) {
              stream.tty.ops.put_char(stream.tty, buffer[offset + i]);
            }
          } catch (e) {
            throw new FS.ErrnoError(29);
          }
          if (length2) {
            stream.node.mtime = stream.node.ctime = Date.now();
          }
          return i;
        } }, default_tty_ops: { get_char(tty) {
          return FS_stdin_getChar();
        }, put_char(tty, val) {
          if (val === null || val === 10) {
            out(UTF8ArrayToString(tty.output));
            tty.output = [];
          } else {
            if (val != 0) tty.output.push(val);
          }
        }, fsync(tty) {
          if (tty.output?.length > 0) {
            out(UTF8ArrayToString(tty.output));
            tty.output = [];
          }
        }, ioctl_tcgets(tty) {
          return { c_iflag: 25856, c_oflag: 5, c_cflag: 191, c_lflag: 35387, c_cc: [3, 28, 127, 21, 4, 0, 1, 0, 17, 19, 26, 0, 18, 15, 23, 22, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] };
        }, ioctl_tcsets(tty, optional_actions, data) {
          return 0;
        }, ioctl_tiocgwinsz(tty) {
          return [24, 80];
        } }, default_tty1_ops: { put_char(tty, val) {
          if (val === null || val === 10) {
            err(UTF8ArrayToString(tty.output));
            tty.output = [];
          } else {
            if (val != 0) tty.output.push(val);
          }
        }, fsync(tty) {
          if (tty.output?.length > 0) {
            err(UTF8ArrayToString(tty.output));
            tty.output = [];
          }
        } } };
        var mmapAlloc = (size) => {
          abort();
        };
        var MEMFS = { ops_table: null, mount(mount) {
          return MEMFS.createNode(null, "/", 16895, 0);
        }, createNode(parent, name, mode, dev) {
          if (FS.isBlkdev(mode) || FS.isFIFO(mode)) {
            throw new FS.ErrnoError(63);
          }
          MEMFS.ops_table ||= { dir: { node: { getattr: MEMFS.node_ops.getattr, setattr: MEMFS.node_ops.setattr, lookup: MEMFS.node_ops.lookup, mknod: MEMFS.node_ops.mknod, rename: MEMFS.node_ops.rename, unlink: MEMFS.node_ops.unlink, rmdir: MEMFS.node_ops.rmdir, readdir: MEMFS.node_ops.readdir, symlink: MEMFS.node_ops.symlink }, stream: { llseek: MEMFS.stream_ops.llseek } }, file: { node: { getattr: MEMFS.node_ops.getattr, setattr: MEMFS.node_ops.setattr }, stream: { llseek: MEMFS.stream_ops.llseek, read: MEMFS.stream_ops.read, write: MEMFS.stream_ops.write, mmap: MEMFS.stream_ops.mmap, msync: MEMFS.stream_ops.msync } }, link: { node: { getattr: MEMFS.node_ops.getattr, setattr: MEMFS.node_ops.setattr, readlink: MEMFS.node_ops.readlink }, stream: {} }, chrdev: { node: { getattr: MEMFS.node_ops.getattr, setattr: MEMFS.node_ops.setattr }, stream: FS.chrdev_stream_ops } };
          var node = FS.createNode(parent, name, mode, dev);
          if (FS.isDir(node.mode)) {
            node.node_ops = MEMFS.ops_table.dir.node;
            node.stream_ops = MEMFS.ops_table.dir.stream;
            node.contents = {};
          } else if (FS.isFile(node.mode)) {
            node.node_ops = MEMFS.ops_table.file.node;
            node.stream_ops = MEMFS.ops_table.file.stream;
            node.usedBytes = 0;
            node.contents = MEMFS.emptyFileContents ??= new Uint8Array(0);
          } else if (FS.isLink(node.mode)) {
            node.node_ops = MEMFS.ops_table.link.node;
            node.stream_ops = MEMFS.ops_table.link.stream;
          } else if (FS.isChrdev(node.mode)) {
            node.node_ops = MEMFS.ops_table.chrdev.node;
            node.stream_ops = MEMFS.ops_table.chrdev.stream;
          }
          node.atime = node.mtime = node.ctime = Date.now();
          if (parent) {
            parent.contents[name] = node;
            parent.atime = parent.mtime = parent.ctime = node.atime;
          }
          return node;
        }, getFileDataAsTypedArray(node) {
          return node.contents.subarray(0, node.usedBytes);
        }, expandFileStorage(node, newCapacity) {
          var prevCapacity = node.contents.length;
          if (prevCapacity >= newCapacity) return;
          var CAPACITY_DOUBLING_MAX = 1024 * 1024;
          newCapacity = Math.max(newCapacity, prevCapacity * (prevCapacity < CAPACITY_DOUBLING_MAX ? 2 : 1.125) >>> 0);
          if (prevCapacity) newCapacity = Math.max(newCapacity, 256);
          var oldContents = MEMFS.getFileDataAsTypedArray(node);
          node.contents = new Uint8Array(newCapacity);
          node.contents.set(oldContents);
        }, resizeFileStorage(node, newSize) {
          if (node.usedBytes == newSize) return;
          var oldContents = node.contents;
          node.contents = new Uint8Array(newSize);
          node.contents.set(oldContents.subarray(0, Math.min(newSize, node.usedBytes)));
          node.usedBytes = newSize;
        }, node_ops: { getattr(node) {
          var attr = {};
          attr.dev = FS.isChrdev(node.mode) ? node.id : 1;
          attr.ino = node.id;
          attr.mode = node.mode;
          attr.nlink = 1;
          attr.uid = 0;
          attr.gid = 0;
          attr.rdev = node.rdev;
          if (FS.isDir(node.mode)) {
            attr.size = 4096;
          } else if (FS.isFile(node.mode)) {
            attr.size = node.usedBytes;
          } else if (FS.isLink(node.mode)) {
            attr.size = node.link.length;
          } else {
            attr.size = 0;
          }
          attr.atime = new Date(node.atime);
          attr.mtime = new Date(node.mtime);
          attr.ctime = new Date(node.ctime);
          attr.blksize = 4096;
          attr.blocks = Math.ceil(attr.size / attr.blksize);
          return attr;
        }, setattr(node, attr) {
          for (const key of ["mode", "atime", "mtime", "ctime"]) {
            if (attr[key] != null) {
              node[key] = attr[key];
            }
          }
          if (attr.size !== void 0) {
            MEMFS.resizeFileStorage(node, attr.size);
          }
        }, lookup(parent, name) {
          if (!MEMFS.doesNotExistError) {
            MEMFS.doesNotExistError = new FS.ErrnoError(44);
            MEMFS.doesNotExistError.stack = "<generic error, no stack>";
          }
          throw MEMFS.doesNotExistError;
        }, mknod(parent, name, mode, dev) {
          return MEMFS.createNode(parent, name, mode, dev);
        }, rename(old_node, new_dir, new_name) {
          var new_node;
          try {
            new_node = FS.lookupNode(new_dir, new_name);
          } catch (e) {
          }
          if (new_node) {
            if (FS.isDir(old_node.mode)) {
              for (var i in new_node.contents) {
                throw new FS.ErrnoError(55);
              }
            }
            FS.hashRemoveNode(new_node);
          }
          delete old_node.parent.contents[old_node.name];
          new_dir.contents[new_name] = old_node;
          old_node.name = new_name;
          new_dir.ctime = new_dir.mtime = old_node.parent.ctime = old_node.parent.mtime = Date.now();
        }, unlink(parent, name) {
          delete parent.contents[name];
          parent.ctime = parent.mtime = Date.now();
        }, rmdir(parent, name) {
          var node = FS.lookupNode(parent, name);
          for (var i in node.contents) {
            throw new FS.ErrnoError(55);
          }
          delete parent.contents[name];
          parent.ctime = parent.mtime = Date.now();
        }, readdir(node) {
          return [".", "..", ...Object.keys(node.contents)];
        }, symlink(parent, newname, oldpath) {
          var node = MEMFS.createNode(parent, newname, 511 | 40960, 0);
          node.link = oldpath;
          return node;
        }, readlink(node) {
          if (!FS.isLink(node.mode)) {
            throw new FS.ErrnoError(28);
          }
          return node.link;
        } }, stream_ops: { read(stream, buffer, offset, length2, position) {
          var contents = stream.node.contents;
          if (position >= stream.node.usedBytes) return 0;
          var size = Math.min(stream.node.usedBytes - position, length2);
          buffer.set(contents.subarray(position, position + size), offset);
          return size;
        }, write(stream, buffer, offset, length2, position, canOwn) {
          if (buffer.buffer === HEAP8.buffer) {
            canOwn = false;
          }
          if (!length2) return 0;
          var node = stream.node;
          node.mtime = node.ctime = Date.now();
          if (canOwn) {
            node.contents = buffer.subarray(offset, offset + length2);
            node.usedBytes = length2;
          } else if (node.usedBytes === 0 && position === 0) {
            node.contents = buffer.slice(offset, offset + length2);
            node.usedBytes = length2;
          } else {
            MEMFS.expandFileStorage(node, position + length2);
            node.contents.set(buffer.subarray(offset, offset + length2), position);
            node.usedBytes = Math.max(node.usedBytes, position + length2);
          }
          return length2;
        }, llseek(stream, offset, whence) {
          var position = offset;
          if (whence === 1) {
            position += stream.position;
          } else if (whence === 2) {
            if (FS.isFile(stream.node.mode)) {
              position += stream.node.usedBytes;
            }
          }
          if (position < 0) {
            throw new FS.ErrnoError(28);
          }
          return position;
        }, mmap(stream, length2, position, prot, flags) {
          if (!FS.isFile(stream.node.mode)) {
            throw new FS.ErrnoError(43);
          }
          var ptr;
          var allocated;
          var contents = stream.node.contents;
          if (!(flags & 2) && contents.buffer === HEAP8.buffer) {
            allocated = false;
            ptr = contents.byteOffset;
          } else {
            allocated = true;
            ptr = mmapAlloc(length2);
            if (!ptr) {
              throw new FS.ErrnoError(48);
            }
            if (contents) {
              if (position > 0 || position + length2 < contents.length) {
                if (contents.subarray) {
                  contents = contents.subarray(position, position + length2);
                } else {
                  contents = Array.prototype.slice.call(contents, position, position + length2);
                }
              }
              HEAP8.set(contents, ptr);
            }
          }
          return { ptr, allocated };
        }, msync(stream, buffer, offset, length2, mmapFlags) {
          MEMFS.stream_ops.write(stream, buffer, 0, length2, offset, false);
          return 0;
        } } };
        var FS_modeStringToFlags = (str) => {
          if (typeof str != "string") return str;
          var flagModes = { r: 0, "r+": 2, w: 512 | 64 | 1, "w+": 512 | 64 | 2, a: 1024 | 64 | 1, "a+": 1024 | 64 | 2 };
          var flags = flagModes[str];
          if (typeof flags == "undefined") {
            throw new Error(`Unknown file open mode: ${str}`);
          }
          return flags;
        };
        var FS_fileDataToTypedArray = (data) => {
          if (typeof data == "string") {
            data = intArrayFromString(data, true);
          }
          if (!data.subarray) {
            data = new Uint8Array(data);
          }
          return data;
        };
        var FS_getMode = (canRead, canWrite) => {
          var mode = 0;
          if (canRead) mode |= 292 | 73;
          if (canWrite) mode |= 146;
          return mode;
        };
        var asyncLoad = async (url) => {
          var arrayBuffer = await readAsync(url);
          return new Uint8Array(arrayBuffer);
        };
        var FS_createDataFile = (...args) => FS.createDataFile(...args);
        var getUniqueRunDependency = (id) => id;
        var dependenciesPromise = null;
        var resolveRunDependencies = async () => dependenciesPromise;
        var runDependencies = 0;
        var dependenciesPromiseResolve = null;
        var removeRunDependency = (id) => {
          runDependencies--;
          Module["monitorRunDependencies"]?.(runDependencies);
          if (!runDependencies) {
            dependenciesPromiseResolve();
          }
        };
        var addRunDependency = (id) => {
          if (!runDependencies) {
            dependenciesPromise = new Promise((resolve2) => dependenciesPromiseResolve = resolve2);
          }
          runDependencies++;
          Module["monitorRunDependencies"]?.(runDependencies);
        };
        var preloadPlugins = [];
        var FS_handledByPreloadPlugin = async (byteArray, fullname) => {
          if (typeof Browser != "undefined") Browser.init();
          for (var plugin of preloadPlugins) {
            if (plugin["canHandle"](fullname)) {
              return plugin["handle"](byteArray, fullname);
            }
          }
          return byteArray;
        };
        var FS_preloadFile = async (parent, name, url, canRead, canWrite, dontCreateFile, canOwn, preFinish) => {
          var fullname = name ? PATH_FS.resolve(PATH.join2(parent, name)) : parent;
          var dep = getUniqueRunDependency(`cp ${fullname}`);
          addRunDependency(dep);
          try {
            var byteArray = url;
            if (typeof url == "string") {
              byteArray = await asyncLoad(url);
            }
            byteArray = await FS_handledByPreloadPlugin(byteArray, fullname);
            preFinish?.();
            if (!dontCreateFile) {
              FS_createDataFile(parent, name, byteArray, canRead, canWrite, canOwn);
            }
          } finally {
            removeRunDependency(dep);
          }
        };
        var FS_createPreloadedFile = (parent, name, url, canRead, canWrite, onload, onerror, dontCreateFile, canOwn, preFinish) => {
          FS_preloadFile(parent, name, url, canRead, canWrite, dontCreateFile, canOwn, preFinish).then(onload).catch(onerror);
        };
        var FS = { root: null, mounts: [], devices: {}, streams: [], nextInode: 1, nameTable: null, currentPath: "/", initialized: false, ignorePermissions: true, filesystems: null, syncFSRequests: 0, ErrnoError: class {
          name = "ErrnoError";
          constructor(errno) {
            this.errno = errno;
          }
        }, FSStream: class {
          shared = {};
          get object() {
            return this.node;
          }
          set object(val) {
            this.node = val;
          }
          get isRead() {
            return (this.flags & 2097155) !== 1;
          }
          get isWrite() {
            return (this.flags & 2097155) !== 0;
          }
          get isAppend() {
            return this.flags & 1024;
          }
          get flags() {
            return this.shared.flags;
          }
          set flags(val) {
            this.shared.flags = val;
          }
          get position() {
            return this.shared.position;
          }
          set position(val) {
            this.shared.position = val;
          }
        }, FSNode: class {
          node_ops = {};
          stream_ops = {};
          readMode = 292 | 73;
          writeMode = 146;
          mounted = null;
          constructor(parent, name, mode, rdev) {
            if (!parent) {
              parent = this;
            }
            this.parent = parent;
            this.mount = parent.mount;
            this.id = FS.nextInode++;
            this.name = name;
            this.mode = mode;
            this.rdev = rdev;
            this.atime = this.mtime = this.ctime = Date.now();
          }
          get read() {
            return (this.mode & this.readMode) === this.readMode;
          }
          set read(val) {
            val ? this.mode |= this.readMode : this.mode &= ~this.readMode;
          }
          get write() {
            return (this.mode & this.writeMode) === this.writeMode;
          }
          set write(val) {
            val ? this.mode |= this.writeMode : this.mode &= ~this.writeMode;
          }
          get isFolder() {
            return FS.isDir(this.mode);
          }
          get isDevice() {
            return FS.isChrdev(this.mode);
          }
          addListener(cb, exclusive2 = false) {
            var entry = { cb, exclusive: exclusive2 };
            var listeners = this.listeners ??= /* @__PURE__ */ new Set();
            listeners.add(entry);
            return { listeners, entry };
          }
          notifyListeners(flags) {
            if (!this.listeners) return;
            var excl;
            for (var entry of this.listeners) {
              if (entry.exclusive) (excl ||= []).push(entry);
              else entry.cb(flags);
            }
            if (excl) {
              var i = (this.exclTurn || 0) % excl.length;
              this.exclTurn = i + 1;
              excl[i].cb(flags);
            }
          }
        }, lookupPath(path, opts = {}) {
          if (!path) {
            throw new FS.ErrnoError(44);
          }
          opts.follow_mount ??= true;
          if (!PATH.isAbs(path)) {
            path = FS.cwd() + "/" + path;
          }
          linkloop: for (var nlinks = 0; nlinks < 40; nlinks++) {
            var parts2 = path.split("/").filter((p) => !!p);
            var current = FS.root;
            var current_path = "/";
            for (var i = 0; i < parts2.length; i++) {
              var islast = i === parts2.length - 1;
              if (islast && opts.parent) {
                break;
              }
              if (parts2[i] === ".") {
                continue;
              }
              if (parts2[i] === "..") {
                current_path = PATH.dirname(current_path);
                if (FS.isRoot(current)) {
                  path = current_path + "/" + parts2.slice(i + 1).join("/");
                  nlinks--;
                  continue linkloop;
                } else {
                  current = current.parent;
                }
                continue;
              }
              current_path = PATH.join2(current_path, parts2[i]);
              try {
                current = FS.lookupNode(current, parts2[i]);
              } catch (e) {
                if (e?.errno === 44 && islast && opts.noent_okay) {
                  return { path: current_path };
                }
                throw e;
              }
              if (FS.isMountpoint(current) && (!islast || opts.follow_mount)) {
                current = current.mounted.root;
              }
              if (FS.isLink(current.mode) && (!islast || opts.follow)) {
                if (!current.node_ops.readlink) {
                  throw new FS.ErrnoError(52);
                }
                var link = current.node_ops.readlink(current);
                if (!PATH.isAbs(link)) {
                  link = PATH.dirname(current_path) + "/" + link;
                }
                path = link + "/" + parts2.slice(i + 1).join("/");
                continue linkloop;
              }
            }
            return { path: current_path, node: current };
          }
          throw new FS.ErrnoError(32);
        }, getPath(node) {
          var path;
          while (true) {
            if (FS.isRoot(node)) {
              var mount = node.mount.mountpoint;
              if (!path) return mount;
              return mount[mount.length - 1] !== "/" ? `${mount}/${path}` : mount + path;
            }
            path = path ? `${node.name}/${path}` : node.name;
            node = node.parent;
          }
        }, hashName(parentid, name) {
          var hash = 0;
          for (var i = 0; i < name.length; i++) {
            hash = (hash << 5) - hash + name.charCodeAt(i) | 0;
          }
          return (parentid + hash >>> 0) % FS.nameTable.length;
        }, hashAddNode(node) {
          var hash = FS.hashName(node.parent.id, node.name);
          node.name_next = FS.nameTable[hash];
          FS.nameTable[hash] = node;
        }, hashRemoveNode(node) {
          var hash = FS.hashName(node.parent.id, node.name);
          if (FS.nameTable[hash] === node) {
            FS.nameTable[hash] = node.name_next;
          } else {
            var current = FS.nameTable[hash];
            while (current) {
              if (current.name_next === node) {
                current.name_next = node.name_next;
                break;
              }
              current = current.name_next;
            }
          }
        }, lookupNode(parent, name) {
          var errCode = FS.mayLookup(parent);
          if (errCode) {
            throw new FS.ErrnoError(errCode);
          }
          var hash = FS.hashName(parent.id, name);
          for (var node = FS.nameTable[hash]; node; node = node.name_next) {
            var nodeName = node.name;
            if (node.parent.id === parent.id && nodeName === name) {
              return node;
            }
          }
          return FS.lookup(parent, name);
        }, createNode(parent, name, mode, rdev) {
          var node = new FS.FSNode(parent, name, mode, rdev);
          FS.hashAddNode(node);
          return node;
        }, destroyNode(node) {
          FS.hashRemoveNode(node);
        }, isRoot(node) {
          return node === node.parent;
        }, isMountpoint(node) {
          return !!node.mounted;
        }, isFile(mode) {
          return (mode & 61440) === 32768;
        }, isDir(mode) {
          return (mode & 61440) === 16384;
        }, isLink(mode) {
          return (mode & 61440) === 40960;
        }, isChrdev(mode) {
          return (mode & 61440) === 8192;
        }, isBlkdev(mode) {
          return (mode & 61440) === 24576;
        }, isFIFO(mode) {
          return (mode & 61440) === 4096;
        }, isSocket(mode) {
          return (mode & 49152) === 49152;
        }, flagsToPermissionString(flag) {
          var perms = ["r", "w", "rw"][flag & 3];
          if (flag & 512) {
            perms += "w";
          }
          return perms;
        }, nodePermissions(node, perms) {
          if (FS.ignorePermissions) {
            return 0;
          }
          if (perms.includes("r") && !(node.mode & 292)) {
            return 2;
          }
          if (perms.includes("w") && !(node.mode & 146)) {
            return 2;
          }
          if (perms.includes("x") && !(node.mode & 73)) {
            return 2;
          }
          return 0;
        }, mayLookup(dir) {
          if (!FS.isDir(dir.mode)) return 54;
          var errCode = FS.nodePermissions(dir, "x");
          if (errCode) return errCode;
          if (!dir.node_ops.lookup) return 2;
          return 0;
        }, mayCreate(dir, name) {
          if (!FS.isDir(dir.mode)) {
            return 54;
          }
          try {
            var node = FS.lookupNode(dir, name);
            return 20;
          } catch (e) {
          }
          return FS.nodePermissions(dir, "wx");
        }, mayDelete(dir, name, isdir) {
          var node;
          try {
            node = FS.lookupNode(dir, name);
          } catch (e) {
            return e.errno;
          }
          var errCode = FS.nodePermissions(dir, "wx");
          if (errCode) {
            return errCode;
          }
          if (isdir) {
            if (!FS.isDir(node.mode)) {
              return 54;
            }
            if (FS.isRoot(node) || FS.getPath(node) === FS.cwd()) {
              return 10;
            }
          } else if (FS.isDir(node.mode)) {
            return 31;
          }
          return 0;
        }, mayOpen(node, flags) {
          if (!node) {
            return 44;
          }
          if (FS.isLink(node.mode)) {
            return 32;
          }
          var mode = FS.flagsToPermissionString(flags);
          if (FS.isDir(node.mode)) {
            if (mode !== "r" || flags & (512 | 64)) {
              return 31;
            }
          }
          return FS.nodePermissions(node, mode);
        }, checkOpExists(op, err2) {
          if (!op) {
            throw new FS.ErrnoError(err2);
          }
          return op;
        }, MAX_OPEN_FDS: 4096, nextfd() {
          for (var fd = 0; fd <= FS.MAX_OPEN_FDS; fd++) {
            if (!FS.streams[fd]) {
              return fd;
            }
          }
          throw new FS.ErrnoError(33);
        }, getStreamChecked(fd) {
          var stream = FS.getStream(fd);
          if (!stream) {
            throw new FS.ErrnoError(8);
          }
          return stream;
        }, getStream: (fd) => FS.streams[fd], createStream(stream, fd = -1) {
          stream = Object.assign(new FS.FSStream(), stream);
          if (fd == -1) {
            fd = FS.nextfd();
          }
          stream.fd = fd;
          FS.streams[fd] = stream;
          return stream;
        }, closeStream(fd) {
          FS.streams[fd] = null;
        }, dupStream(origStream, fd = -1) {
          var stream = FS.createStream(origStream, fd);
          stream.stream_ops?.dup?.(stream);
          return stream;
        }, doSetAttr(stream, node, attr) {
          var setattr = stream?.stream_ops.setattr;
          var arg = setattr ? stream : node;
          setattr ??= node.node_ops.setattr;
          FS.checkOpExists(setattr, 63);
          try {
            setattr(arg, attr);
          } catch (e) {
            if (e instanceof RangeError) {
              throw new FS.ErrnoError(22);
            }
            throw e;
          }
        }, chrdev_stream_ops: { open(stream) {
          var device = FS.getDevice(stream.node.rdev);
          stream.stream_ops = device.stream_ops;
          stream.stream_ops.open?.(stream);
        }, llseek() {
          throw new FS.ErrnoError(70);
        } }, major: (dev) => dev >> 8, minor: (dev) => dev & 255, makedev: (ma, mi) => ma << 8 | mi, registerDevice(dev, ops) {
          FS.devices[dev] = { stream_ops: ops };
        }, getDevice: (dev) => FS.devices[dev], getMounts(mount) {
          var mounts = [];
          var check2 = [mount];
          while (check2.length) {
            var m = check2.pop();
            mounts.push(m);
            check2.push(...m.mounts);
          }
          return mounts;
        }, syncfs(populate, callback) {
          if (typeof populate == "function") {
            callback = populate;
            populate = false;
          }
          FS.syncFSRequests++;
          if (FS.syncFSRequests > 1) {
            err(`warning: ${FS.syncFSRequests} FS.syncfs operations in flight at once, probably just doing extra work`);
          }
          var mounts = FS.getMounts(FS.root.mount);
          var completed = 0;
          function doCallback(errCode) {
            FS.syncFSRequests--;
            return callback(errCode);
          }
          function done(errCode) {
            if (errCode) {
              if (!done.errored) {
                done.errored = true;
                return doCallback(errCode);
              }
              return;
            }
            if (++completed >= mounts.length) {
              doCallback(null);
            }
          }
          for (var mount of mounts) {
            if (mount.type.syncfs) {
              mount.type.syncfs(mount, populate, done);
            } else {
              done(null);
            }
          }
        }, mount(type, opts, mountpoint) {
          var root = mountpoint === "/";
          var pseudo = !mountpoint;
          var node;
          if (root && FS.root) {
            throw new FS.ErrnoError(10);
          } else if (!root && !pseudo) {
            var lookup2 = FS.lookupPath(mountpoint, { follow_mount: false });
            mountpoint = lookup2.path;
            node = lookup2.node;
            if (FS.isMountpoint(node)) {
              throw new FS.ErrnoError(10);
            }
            if (!FS.isDir(node.mode)) {
              throw new FS.ErrnoError(54);
            }
          }
          var mount = { type, opts, mountpoint, mounts: [] };
          var mountRoot = type.mount(mount);
          mountRoot.mount = mount;
          mount.root = mountRoot;
          if (root) {
            FS.root = mountRoot;
          } else if (node) {
            node.mounted = mount;
            if (node.mount) {
              node.mount.mounts.push(mount);
            }
          }
          return mountRoot;
        }, unmount(mountpoint) {
          var lookup2 = FS.lookupPath(mountpoint, { follow_mount: false });
          if (!FS.isMountpoint(lookup2.node)) {
            throw new FS.ErrnoError(28);
          }
          var node = lookup2.node;
          var mount = node.mounted;
          var mounts = FS.getMounts(mount);
          for (var [hash, current] of Object.entries(FS.nameTable)) {
            while (current) {
              var next = current.name_next;
              if (mounts.includes(current.mount)) {
                FS.destroyNode(current);
              }
              current = next;
            }
          }
          node.mounted = null;
          var idx = node.mount.mounts.indexOf(mount);
          node.mount.mounts.splice(idx, 1);
        }, lookup(parent, name) {
          return parent.node_ops.lookup(parent, name);
        }, mknod(path, mode, dev) {
          var lookup2 = FS.lookupPath(path, { parent: true });
          var parent = lookup2.node;
          var name = PATH.basename(path);
          if (!name) {
            throw new FS.ErrnoError(28);
          }
          if (name === "." || name === "..") {
            throw new FS.ErrnoError(20);
          }
          var errCode = FS.mayCreate(parent, name);
          if (errCode) {
            throw new FS.ErrnoError(errCode);
          }
          if (!parent.node_ops.mknod) {
            throw new FS.ErrnoError(63);
          }
          return parent.node_ops.mknod(parent, name, mode, dev);
        }, statfs(path) {
          return FS.statfsNode(FS.lookupPath(path, { follow: true }).node);
        }, statfsStream(stream) {
          return FS.statfsNode(stream.node);
        }, statfsNode(node) {
          var rtn = { bsize: 4096, frsize: 4096, blocks: 1e6, bfree: 5e5, bavail: 5e5, files: FS.nextInode, ffree: FS.nextInode - 1, fsid: 42, flags: 2, namelen: 255 };
          if (node.node_ops.statfs) {
            Object.assign(rtn, node.node_ops.statfs(node.mount.opts.root));
          }
          return rtn;
        }, create(path, mode = 438) {
          mode &= 4095;
          mode |= 32768;
          return FS.mknod(path, mode, 0);
        }, mkdir(path, mode = 511) {
          mode &= 511 | 512;
          mode |= 16384;
          return FS.mknod(path, mode, 0);
        }, mkdirTree(path, mode) {
          var dirs = path.split("/");
          var d = "";
          for (var dir of dirs) {
            if (!dir) continue;
            if (d || PATH.isAbs(path)) d += "/";
            d += dir;
            try {
              FS.mkdir(d, mode);
            } catch (e) {
              if (e.errno != 20) throw e;
            }
          }
        }, mkdev(path, mode, dev) {
          if (typeof dev == "undefined") {
            dev = mode;
            mode = 438;
          }
          mode |= 8192;
          return FS.mknod(path, mode, dev);
        }, symlink(oldpath, newpath) {
          if (!PATH_FS.resolve(oldpath)) {
            throw new FS.ErrnoError(44);
          }
          var lookup2 = FS.lookupPath(newpath, { parent: true });
          var parent = lookup2.node;
          if (!parent) {
            throw new FS.ErrnoError(44);
          }
          var newname = PATH.basename(newpath);
          var errCode = FS.mayCreate(parent, newname);
          if (errCode) {
            throw new FS.ErrnoError(errCode);
          }
          if (!parent.node_ops.symlink) {
            throw new FS.ErrnoError(63);
          }
          return parent.node_ops.symlink(parent, newname, oldpath);
        }, link(oldpath, newpath, flags) {
          var lookup2 = FS.lookupPath(newpath, { parent: true });
          var parent = lookup2.node;
          if (!parent) {
            throw new FS.ErrnoError(44);
          }
          var newname = PATH.basename(newpath);
          var errCode = FS.mayCreate(parent, newname);
          if (errCode) {
            throw new FS.ErrnoError(errCode);
          }
          if (!parent.node_ops.link) {
            throw new FS.ErrnoError(34);
          }
          return parent.node_ops.link(parent, newname, oldpath, flags);
        }, rename(old_path, new_path) {
          var old_dirname = PATH.dirname(old_path);
          var new_dirname = PATH.dirname(new_path);
          var old_name = PATH.basename(old_path);
          var new_name = PATH.basename(new_path);
          var lookup2, old_dir, new_dir;
          lookup2 = FS.lookupPath(old_path, { parent: true });
          old_dir = lookup2.node;
          lookup2 = FS.lookupPath(new_path, { parent: true });
          new_dir = lookup2.node;
          if (!old_dir || !new_dir) throw new FS.ErrnoError(44);
          if (old_dir.mount !== new_dir.mount) {
            throw new FS.ErrnoError(75);
          }
          var old_node = FS.lookupNode(old_dir, old_name);
          var relative2 = PATH_FS.relative(old_path, new_dirname);
          if (relative2.charAt(0) !== ".") {
            throw new FS.ErrnoError(28);
          }
          relative2 = PATH_FS.relative(new_path, old_dirname);
          if (relative2.charAt(0) !== ".") {
            throw new FS.ErrnoError(55);
          }
          var new_node;
          try {
            new_node = FS.lookupNode(new_dir, new_name);
          } catch (e) {
          }
          if (old_node === new_node) {
            return;
          }
          var isdir = FS.isDir(old_node.mode);
          var errCode = FS.mayDelete(old_dir, old_name, isdir);
          if (errCode) {
            throw new FS.ErrnoError(errCode);
          }
          errCode = new_node ? FS.mayDelete(new_dir, new_name, isdir) : FS.mayCreate(new_dir, new_name);
          if (errCode) {
            throw new FS.ErrnoError(errCode);
          }
          if (!old_dir.node_ops.rename) {
            throw new FS.ErrnoError(63);
          }
          if (FS.isMountpoint(old_node) || new_node && FS.isMountpoint(new_node)) {
            throw new FS.ErrnoError(10);
          }
          if (new_dir !== old_dir) {
            errCode = FS.nodePermissions(old_dir, "w");
            if (errCode) {
              throw new FS.ErrnoError(errCode);
            }
          }
          FS.hashRemoveNode(old_node);
          try {
            old_dir.node_ops.rename(old_node, new_dir, new_name);
            old_node.parent = new_dir;
          } catch (e) {
            throw e;
          } finally {
            FS.hashAddNode(old_node);
          }
        }, rmdir(path) {
          var lookup2 = FS.lookupPath(path, { parent: true });
          var parent = lookup2.node;
          var name = PATH.basename(path);
          var node = FS.lookupNode(parent, name);
          var errCode = FS.mayDelete(parent, name, true);
          if (errCode) {
            throw new FS.ErrnoError(errCode);
          }
          if (!parent.node_ops.rmdir) {
            throw new FS.ErrnoError(63);
          }
          if (FS.isMountpoint(node)) {
            throw new FS.ErrnoError(10);
          }
          parent.node_ops.rmdir(parent, name);
          FS.destroyNode(node);
        }, readdir(path) {
          var lookup2 = FS.lookupPath(path, { follow: true });
          var node = lookup2.node;
          var readdir2 = FS.checkOpExists(node.node_ops.readdir, 54);
          return readdir2(node);
        }, unlink(path) {
          var lookup2 = FS.lookupPath(path, { parent: true });
          var parent = lookup2.node;
          if (!parent) {
            throw new FS.ErrnoError(44);
          }
          var name = PATH.basename(path);
          var node = FS.lookupNode(parent, name);
          var errCode = FS.mayDelete(parent, name, false);
          if (errCode) {
            throw new FS.ErrnoError(errCode);
          }
          if (!parent.node_ops.unlink) {
            throw new FS.ErrnoError(63);
          }
          if (FS.isMountpoint(node)) {
            throw new FS.ErrnoError(10);
          }
          parent.node_ops.unlink(parent, name);
          FS.destroyNode(node);
        }, readlink(path) {
          var lookup2 = FS.lookupPath(path);
          var link = lookup2.node;
          if (!link) {
            throw new FS.ErrnoError(44);
          }
          if (!link.node_ops.readlink) {
            throw new FS.ErrnoError(28);
          }
          return link.node_ops.readlink(link);
        }, stat(path, dontFollow) {
          var lookup2 = FS.lookupPath(path, { follow: !dontFollow });
          var node = lookup2.node;
          var getattr = FS.checkOpExists(node.node_ops.getattr, 63);
          return getattr(node);
        }, fstat(fd) {
          var stream = FS.getStreamChecked(fd);
          var node = stream.node;
          var getattr = stream.stream_ops.getattr;
          var arg = getattr ? stream : node;
          getattr ??= node.node_ops.getattr;
          FS.checkOpExists(getattr, 63);
          return getattr(arg);
        }, lstat(path) {
          return FS.stat(path, true);
        }, doChmod(stream, node, mode, dontFollow) {
          FS.doSetAttr(stream, node, { mode: mode & 4095 | node.mode & ~4095, ctime: Date.now(), dontFollow });
        }, chmod(path, mode, dontFollow) {
          var node;
          if (typeof path == "string") {
            var lookup2 = FS.lookupPath(path, { follow: !dontFollow });
            node = lookup2.node;
          } else {
            node = path;
          }
          FS.doChmod(null, node, mode, dontFollow);
        }, lchmod(path, mode) {
          FS.chmod(path, mode, true);
        }, fchmod(fd, mode) {
          var stream = FS.getStreamChecked(fd);
          FS.doChmod(stream, stream.node, mode, false);
        }, doChown(stream, node, dontFollow) {
          FS.doSetAttr(stream, node, { timestamp: Date.now(), dontFollow });
        }, chown(path, uid, gid, dontFollow) {
          var node;
          if (typeof path == "string") {
            var lookup2 = FS.lookupPath(path, { follow: !dontFollow });
            node = lookup2.node;
          } else {
            node = path;
          }
          FS.doChown(null, node, dontFollow);
        }, lchown(path, uid, gid) {
          FS.chown(path, uid, gid, true);
        }, fchown(fd, uid, gid) {
          var stream = FS.getStreamChecked(fd);
          FS.doChown(stream, stream.node, false);
        }, doTruncate(stream, node, len) {
          if (FS.isDir(node.mode)) {
            throw new FS.ErrnoError(31);
          }
          if (!FS.isFile(node.mode)) {
            throw new FS.ErrnoError(28);
          }
          var errCode = FS.nodePermissions(node, "w");
          if (errCode) {
            throw new FS.ErrnoError(errCode);
          }
          FS.doSetAttr(stream, node, { size: len, timestamp: Date.now() });
        }, truncate(path, len) {
          if (len < 0) {
            throw new FS.ErrnoError(28);
          }
          var node;
          if (typeof path == "string") {
            var lookup2 = FS.lookupPath(path, { follow: true });
            node = lookup2.node;
          } else {
            node = path;
          }
          FS.doTruncate(null, node, len);
        }, ftruncate(fd, len) {
          var stream = FS.getStreamChecked(fd);
          if (len < 0 || (stream.flags & 2097155) === 0) {
            throw new FS.ErrnoError(28);
          }
          FS.doTruncate(stream, stream.node, len);
        }, utime(path, atime, mtime, dontFollow) {
          var lookup2 = FS.lookupPath(path, { follow: !dontFollow });
          FS.doSetAttr(null, lookup2.node, { atime, mtime, dontFollow });
        }, open(path, flags, mode = 438) {
          if (path === "") {
            throw new FS.ErrnoError(44);
          }
          flags = FS_modeStringToFlags(flags);
          if (flags & 64) {
            mode = mode & 4095 | 32768;
          } else {
            mode = 0;
          }
          var node;
          var isDirPath;
          if (typeof path == "object") {
            node = path;
          } else {
            isDirPath = path.endsWith("/");
            var lookup2 = FS.lookupPath(path, { follow: !(flags & 131072), noent_okay: true });
            node = lookup2.node;
            path = lookup2.path;
          }
          var created2 = false;
          if (flags & 64) {
            if (node) {
              if (flags & 128) {
                throw new FS.ErrnoError(20);
              }
            } else if (isDirPath) {
              throw new FS.ErrnoError(31);
            } else {
              node = FS.mknod(path, mode | 511, 0);
              created2 = true;
            }
          }
          if (!node) {
            throw new FS.ErrnoError(44);
          }
          if (FS.isChrdev(node.mode)) {
            flags &= ~512;
          }
          if (flags & 65536 && !FS.isDir(node.mode)) {
            throw new FS.ErrnoError(54);
          }
          if (!created2) {
            var errCode = FS.mayOpen(node, flags);
            if (errCode) {
              throw new FS.ErrnoError(errCode);
            }
          }
          if (flags & 512 && !created2) {
            FS.truncate(node, 0);
          }
          flags &= ~(128 | 512 | 131072);
          var stream = FS.createStream({ node, path: FS.getPath(node), flags, seekable: true, position: 0, stream_ops: node.stream_ops, ungotten: [], error: false });
          if (stream.stream_ops.open) {
            stream.stream_ops.open(stream);
          }
          if (created2) {
            FS.chmod(node, mode & 511);
          }
          return stream;
        }, close(stream) {
          if (FS.isClosed(stream)) {
            throw new FS.ErrnoError(8);
          }
          if (stream.getdents) stream.getdents = null;
          stream.node?.notifyListeners(32);
          try {
            if (stream.stream_ops.close) {
              stream.stream_ops.close(stream);
            }
          } catch (e) {
            throw e;
          } finally {
            FS.closeStream(stream.fd);
          }
          stream.fd = null;
        }, isClosed(stream) {
          return stream.fd === null;
        }, llseek(stream, offset, whence) {
          if (FS.isClosed(stream)) {
            throw new FS.ErrnoError(8);
          }
          if (!stream.seekable || !stream.stream_ops.llseek) {
            throw new FS.ErrnoError(70);
          }
          if (whence != 0 && whence != 1 && whence != 2) {
            throw new FS.ErrnoError(28);
          }
          stream.position = stream.stream_ops.llseek(stream, offset, whence);
          stream.ungotten = [];
          return stream.position;
        }, read(stream, buffer, offset, length2, position) {
          if (length2 < 0 || position < 0) {
            throw new FS.ErrnoError(28);
          }
          if (FS.isClosed(stream)) {
            throw new FS.ErrnoError(8);
          }
          if ((stream.flags & 2097155) === 1) {
            throw new FS.ErrnoError(8);
          }
          if (FS.isDir(stream.node.mode)) {
            throw new FS.ErrnoError(31);
          }
          if (!stream.stream_ops.read) {
            throw new FS.ErrnoError(28);
          }
          var seeking = typeof position != "undefined";
          if (!seeking) {
            position = stream.position;
          } else if (!stream.seekable) {
            throw new FS.ErrnoError(70);
          }
          var bytesRead = stream.stream_ops.read(stream, buffer, offset, length2, position);
          if (!seeking) stream.position += bytesRead;
          return bytesRead;
        }, write(stream, buffer, offset, length2, position, canOwn) {
          if (length2 < 0 || position < 0) {
            throw new FS.ErrnoError(28);
          }
          if (FS.isClosed(stream)) {
            throw new FS.ErrnoError(8);
          }
          if ((stream.flags & 2097155) === 0) {
            throw new FS.ErrnoError(8);
          }
          if (FS.isDir(stream.node.mode)) {
            throw new FS.ErrnoError(31);
          }
          if (!stream.stream_ops.write) {
            throw new FS.ErrnoError(28);
          }
          if (stream.seekable && stream.flags & 1024) {
            FS.llseek(stream, 0, 2);
          }
          var seeking = typeof position != "undefined";
          if (!seeking) {
            position = stream.position;
          } else if (!stream.seekable) {
            throw new FS.ErrnoError(70);
          }
          var bytesWritten = stream.stream_ops.write(stream, buffer, offset, length2, position, canOwn);
          if (!seeking) stream.position += bytesWritten;
          return bytesWritten;
        }, mmap(stream, length2, position, prot, flags) {
          if ((prot & 2) !== 0 && (flags & 2) === 0 && (stream.flags & 2097155) !== 2) {
            throw new FS.ErrnoError(2);
          }
          if ((stream.flags & 2097155) === 1) {
            throw new FS.ErrnoError(2);
          }
          if (!stream.stream_ops.mmap) {
            throw new FS.ErrnoError(43);
          }
          if (!length2) {
            throw new FS.ErrnoError(28);
          }
          return stream.stream_ops.mmap(stream, length2, position, prot, flags);
        }, msync(stream, buffer, offset, length2, mmapFlags) {
          if (!stream.stream_ops.msync) {
            return 0;
          }
          return stream.stream_ops.msync(stream, buffer, offset, length2, mmapFlags);
        }, ioctl(stream, cmd, arg) {
          if (!stream.stream_ops.ioctl) {
            throw new FS.ErrnoError(59);
          }
          return stream.stream_ops.ioctl(stream, cmd, arg);
        }, readFile(path, opts = {}) {
          opts.flags = opts.flags ?? 0;
          opts.encoding = opts.encoding ?? "binary";
          if (opts.encoding !== "utf8" && opts.encoding !== "binary") {
            abort(`Invalid encoding type "${opts.encoding}"`);
          }
          var stream = FS.open(path, opts.flags);
          var stat = FS.stat(path);
          var length2 = stat.size;
          var buf = new Uint8Array(length2);
          FS.read(stream, buf, 0, length2, 0);
          if (opts.encoding === "utf8") {
            buf = UTF8ArrayToString(buf);
          }
          FS.close(stream);
          return buf;
        }, writeFile(path, data, opts = {}) {
          opts.flags = opts.flags ?? 577;
          var stream = FS.open(path, opts.flags, opts.mode);
          data = FS_fileDataToTypedArray(data);
          FS.write(stream, data, 0, data.byteLength, void 0, opts.canOwn);
          FS.close(stream);
        }, cwd: () => FS.currentPath, chdir(path) {
          var lookup2 = FS.lookupPath(path, { follow: true });
          if (lookup2.node === null) {
            throw new FS.ErrnoError(44);
          }
          if (!FS.isDir(lookup2.node.mode)) {
            throw new FS.ErrnoError(54);
          }
          var errCode = FS.nodePermissions(lookup2.node, "x");
          if (errCode) {
            throw new FS.ErrnoError(errCode);
          }
          FS.currentPath = lookup2.path;
        }, createDefaultDirectories() {
          FS.mkdir("/tmp");
          FS.mkdir("/home");
          FS.mkdir("/home/web_user");
        }, createDefaultDevices() {
          FS.mkdir("/dev");
          FS.registerDevice(FS.makedev(1, 3), { read: () => 0, write: (stream, buffer, offset, length2, pos) => length2, llseek: () => 0 });
          FS.mkdev("/dev/null", FS.makedev(1, 3));
          TTY.register(FS.makedev(5, 0), TTY.default_tty_ops);
          TTY.register(FS.makedev(6, 0), TTY.default_tty1_ops);
          FS.mkdev("/dev/tty", FS.makedev(5, 0));
          FS.mkdev("/dev/tty1", FS.makedev(6, 0));
          var randomBuffer = new Uint8Array(1024), randomLeft = 0;
          var randomByte = () => {
            if (randomLeft === 0) {
              randomFill(randomBuffer);
              randomLeft = randomBuffer.byteLength;
            }
            return randomBuffer[--randomLeft];
          };
          FS.createDevice("/dev", "random", randomByte);
          FS.createDevice("/dev", "urandom", randomByte);
          FS.mkdir("/dev/shm");
          FS.mkdir("/dev/shm/tmp");
        }, createSpecialDirectories() {
          FS.mkdir("/proc");
          var proc_self = FS.mkdir("/proc/self");
          FS.mkdir("/proc/self/fd");
          FS.mount({ mount() {
            var node = FS.createNode(proc_self, "fd", 16895, 73);
            node.stream_ops = { llseek: MEMFS.stream_ops.llseek };
            node.node_ops = { lookup(parent, name) {
              var fd = +name;
              var stream = FS.getStreamChecked(fd);
              var ret = { parent: null, mount: { mountpoint: "fake" }, node_ops: { readlink: () => stream.path }, id: fd + 1 };
              ret.parent = ret;
              return ret;
            }, readdir() {
              return Array.from(FS.streams.entries()).filter(([k, v]) => v).map(([k, v]) => k.toString());
            } };
            return node;
          } }, {}, "/proc/self/fd");
        }, createStandardStreams(input, output, error) {
          if (input) {
            FS.createDevice("/dev", "stdin", input);
          } else {
            FS.symlink("/dev/tty", "/dev/stdin");
          }
          if (output) {
            FS.createDevice("/dev", "stdout", null, output);
          } else {
            FS.symlink("/dev/tty", "/dev/stdout");
          }
          if (error) {
            FS.createDevice("/dev", "stderr", null, error);
          } else {
            FS.symlink("/dev/tty1", "/dev/stderr");
          }
          var stdin = FS.open("/dev/stdin", 0);
          var stdout = FS.open("/dev/stdout", 1);
          var stderr = FS.open("/dev/stderr", 1);
        }, staticInit() {
          FS.nameTable = new Array(4096);
          FS.mount(MEMFS, {}, "/");
          FS.createDefaultDirectories();
          FS.createDefaultDevices();
          FS.createSpecialDirectories();
          FS.filesystems = { MEMFS };
        }, init(input, output, error) {
          FS.initialized = true;
          input ??= Module["stdin"];
          output ??= Module["stdout"];
          error ??= Module["stderr"];
          FS.createStandardStreams(input, output, error);
        }, quit() {
          FS.initialized = false;
          for (var stream of FS.streams) {
            if (stream) {
              FS.close(stream);
            }
          }
        }, findObject(path, dontResolveLastLink) {
          var ret = FS.analyzePath(path, dontResolveLastLink);
          if (!ret.exists) {
            return null;
          }
          return ret.object;
        }, analyzePath(path, dontResolveLastLink) {
          try {
            var lookup2 = FS.lookupPath(path, { follow: !dontResolveLastLink });
            path = lookup2.path;
          } catch (e) {
          }
          var ret = { isRoot: false, exists: false, error: 0, name: null, path: null, object: null, parentExists: false, parentPath: null, parentObject: null };
          try {
            var lookup2 = FS.lookupPath(path, { parent: true });
            ret.parentExists = true;
            ret.parentPath = lookup2.path;
            ret.parentObject = lookup2.node;
            ret.name = PATH.basename(path);
            lookup2 = FS.lookupPath(path, { follow: !dontResolveLastLink });
            ret.exists = true;
            ret.path = lookup2.path;
            ret.object = lookup2.node;
            ret.name = lookup2.node.name;
            ret.isRoot = lookup2.path === "/";
          } catch (e) {
            ret.error = e.errno;
          }
          return ret;
        }, createPath(parent, path, canRead, canWrite) {
          parent = typeof parent == "string" ? parent : FS.getPath(parent);
          var parts2 = path.split("/").reverse();
          while (parts2.length) {
            var part = parts2.pop();
            if (!part) continue;
            var current = PATH.join2(parent, part);
            try {
              FS.mkdir(current);
            } catch (e) {
              if (e.errno != 20) throw e;
            }
            parent = current;
          }
          return current;
        }, createFile(parent, name, properties, canRead, canWrite) {
          var path = PATH.join2(typeof parent == "string" ? parent : FS.getPath(parent), name);
          var mode = FS_getMode(canRead, canWrite);
          return FS.create(path, mode);
        }, createDataFile(parent, name, data, canRead, canWrite, canOwn) {
          var path = name;
          if (parent) {
            parent = typeof parent == "string" ? parent : FS.getPath(parent);
            path = name ? PATH.join2(parent, name) : parent;
          }
          var mode = FS_getMode(canRead, canWrite);
          var node = FS.create(path, mode);
          if (data) {
            data = FS_fileDataToTypedArray(data);
            FS.chmod(node, mode | 146);
            var stream = FS.open(node, 577);
            FS.write(stream, data, 0, data.length, 0, canOwn);
            FS.close(stream);
            FS.chmod(node, mode);
          }
        }, createDevice(parent, name, input, output) {
          var path = PATH.join2(typeof parent == "string" ? parent : FS.getPath(parent), name);
          var mode = FS_getMode(!!input, !!output);
          FS.createDevice.major ??= 64;
          var dev = FS.makedev(FS.createDevice.major++, 0);
          FS.registerDevice(dev, { open(stream) {
            stream.seekable = false;
          }, close(stream) {
            if (output?.buffer?.length) {
              output(10);
            }
          }, read(stream, buffer, offset, length2, pos) {
            var bytesRead = 0;
            for (var i = 0; i < length2; i++) {
              var result;
              try {
                result = input();
              } catch (e) {
                throw new FS.ErrnoError(29);
              }
              if (result === void 0 && bytesRead === 0) {
                throw new FS.ErrnoError(6);
              }
              if (result === null || result === void 0) break;
              bytesRead++;
              buffer[offset + i] = result;
            }
            if (bytesRead) {
              stream.node.atime = Date.now();
            }
            return bytesRead;
          }, write(stream, buffer, offset, length2, pos) {
            for (var i = 0; i < length2; i++) {
              try {
                output(buffer[offset + i]);
              } catch (e) {
                throw new FS.ErrnoError(29);
              }
            }
            if (length2) {
              stream.node.mtime = stream.node.ctime = Date.now();
            }
            return i;
          } });
          return FS.mkdev(path, mode, dev);
        }, forceLoadFile(obj) {
          if (obj.isDevice || obj.isFolder || obj.link || obj.contents) return true;
          if (globalThis.XMLHttpRequest) {
            abort("Lazy loading should have been performed (contents set) in createLazyFile, but it was not. Lazy loading only works in web workers. Use --embed-file or --preload-file in emcc on the main thread.");
          } else {
            try {
              obj.contents = readBinary(obj.url);
            } catch (e) {
              throw new FS.ErrnoError(29);
            }
          }
        }, createLazyFile(parent, name, url, canRead, canWrite) {
          class LazyUint8Array {
            lengthKnown = false;
            chunks = [];
            get(idx) {
              if (idx > this.length - 1 || idx < 0) {
                return void 0;
              }
              var chunkOffset = idx % this.chunkSize;
              var chunkNum = idx / this.chunkSize | 0;
              return this.getter(chunkNum)[chunkOffset];
            }
            setDataGetter(getter) {
              this.getter = getter;
            }
            cacheLength() {
              var xhr = new XMLHttpRequest();
              xhr.open("HEAD", url, false);
              xhr.send(null);
              if (!(xhr.status >= 200 && xhr.status < 300 || xhr.status === 304)) abort("Couldn't load " + url + ". Status: " + xhr.status);
              var datalength = Number(xhr.getResponseHeader("Content-length"));
              var header;
              var hasByteServing = (header = xhr.getResponseHeader("Accept-Ranges")) && header === "bytes";
              var usesGzip = (header = xhr.getResponseHeader("Content-Encoding")) && header === "gzip";
              var chunkSize = 1024 * 1024;
              if (!hasByteServing) chunkSize = datalength;
              var doXHR = (from, to) => {
                if (from > to) abort(`invalid range (${from}, ${to}) or no bytes requested!`);
                if (to > datalength - 1) abort(`only ${datalength} bytes available! programmer error!`);
                var xhr2 = new XMLHttpRequest();
                xhr2.open("GET", url, false);
                if (datalength !== chunkSize) xhr2.setRequestHeader("Range", "bytes=" + from + "-" + to);
                xhr2.responseType = "arraybuffer";
                if (xhr2.overrideMimeType) {
                  xhr2.overrideMimeType("text/plain; charset=x-user-defined");
                }
                xhr2.send(null);
                if (!(xhr2.status >= 200 && xhr2.status < 300 || xhr2.status === 304)) abort("Couldn't load " + url + ". Status: " + xhr2.status);
                if (xhr2.response !== void 0) {
                  return new Uint8Array(xhr2.response || []);
                }
                return intArrayFromString(xhr2.responseText ?? "", true);
              };
              var lazyArray2 = this;
              lazyArray2.setDataGetter((chunkNum) => {
                var start = chunkNum * chunkSize;
                var end2 = (chunkNum + 1) * chunkSize - 1;
                end2 = Math.min(end2, datalength - 1);
                if (typeof lazyArray2.chunks[chunkNum] == "undefined") {
                  lazyArray2.chunks[chunkNum] = doXHR(start, end2);
                }
                if (typeof lazyArray2.chunks[chunkNum] == "undefined") abort("doXHR failed!");
                return lazyArray2.chunks[chunkNum];
              });
              if (usesGzip || !datalength) {
                chunkSize = datalength = 1;
                datalength = this.getter(0).length;
                chunkSize = datalength;
                out("LazyFiles on gzip forces download of the whole file when length is accessed");
              }
              this._length = datalength;
              this._chunkSize = chunkSize;
              this.lengthKnown = true;
            }
            get length() {
              if (!this.lengthKnown) {
                this.cacheLength();
              }
              return this._length;
            }
            get chunkSize() {
              if (!this.lengthKnown) {
                this.cacheLength();
              }
              return this._chunkSize;
            }
          }
          if (globalThis.XMLHttpRequest) {
            if (!ENVIRONMENT_IS_WORKER) abort("Cannot do synchronous binary XHRs outside webworkers in modern browsers. Use --embed-file or --preload-file in emcc");
            var lazyArray = new LazyUint8Array();
            var properties = { isDevice: false, contents: lazyArray };
          } else {
            var properties = { isDevice: false, url };
          }
          var node = FS.createFile(parent, name, properties, canRead, canWrite);
          if (properties.contents) {
            node.contents = properties.contents;
          } else if (properties.url) {
            node.contents = null;
            node.url = properties.url;
          }
          Object.defineProperties(node, { usedBytes: { get: function() {
            return this.contents.length;
          } } });
          var stream_ops = {};
          for (const [key, fn] of Object.entries(node.stream_ops)) {
            stream_ops[key] = (...args) => {
              FS.forceLoadFile(node);
              return fn(...args);
            };
          }
          function writeChunks(stream, buffer, offset, length2, position) {
            var contents = stream.node.contents;
            if (position >= contents.length) return 0;
            var size = Math.min(contents.length - position, length2);
            if (contents.slice) {
              for (var i = 0; i < size; i++) {
                buffer[offset + i] = contents[position + i];
              }
            } else {
              for (var i = 0; i < size; i++) {
                buffer[offset + i] = contents.get(position + i);
              }
            }
            return size;
          }
          stream_ops.read = (stream, buffer, offset, length2, position) => {
            FS.forceLoadFile(node);
            return writeChunks(stream, buffer, offset, length2, position);
          };
          stream_ops.mmap = (stream, length2, position, prot, flags) => {
            FS.forceLoadFile(node);
            var ptr = mmapAlloc(length2);
            if (!ptr) {
              throw new FS.ErrnoError(48);
            }
            writeChunks(stream, HEAP8, ptr, length2, position);
            return { ptr, allocated: true };
          };
          node.stream_ops = stream_ops;
          return node;
        } };
        var SYSCALLS = { currentUmask: 18, calculateAt(dirfd, path, allowEmpty) {
          if (PATH.isAbs(path)) {
            return path;
          }
          var dir;
          if (dirfd === -100) {
            dir = FS.cwd();
          } else {
            var dirstream = SYSCALLS.getStreamFromFD(dirfd);
            dir = dirstream.path;
          }
          if (path.length == 0) {
            if (!allowEmpty) {
              throw new FS.ErrnoError(44);
            }
            return dir;
          }
          return dir + "/" + path;
        }, writeStat(buf, stat) {
          HEAPU32[buf >> 2] = stat.dev;
          HEAPU32[buf + 4 >> 2] = stat.mode;
          HEAPU32[buf + 8 >> 2] = stat.nlink;
          HEAPU32[buf + 12 >> 2] = stat.uid;
          HEAPU32[buf + 16 >> 2] = stat.gid;
          HEAPU32[buf + 20 >> 2] = stat.rdev;
          HEAP64[buf + 24 >> 3] = BigInt(stat.size);
          HEAP32[buf + 32 >> 2] = 4096;
          HEAP32[buf + 36 >> 2] = stat.blocks;
          var atime = stat.atime.getTime();
          var mtime = stat.mtime.getTime();
          var ctime = stat.ctime.getTime();
          HEAP64[buf + 40 >> 3] = BigInt(Math.floor(atime / 1e3));
          HEAPU32[buf + 48 >> 2] = atime % 1e3 * 1e3 * 1e3;
          HEAP64[buf + 56 >> 3] = BigInt(Math.floor(mtime / 1e3));
          HEAPU32[buf + 64 >> 2] = mtime % 1e3 * 1e3 * 1e3;
          HEAP64[buf + 72 >> 3] = BigInt(Math.floor(ctime / 1e3));
          HEAPU32[buf + 80 >> 2] = ctime % 1e3 * 1e3 * 1e3;
          HEAP64[buf + 88 >> 3] = BigInt(stat.ino);
          return 0;
        }, writeStatFs(buf, stats) {
          HEAPU32[buf + 4 >> 2] = stats.bsize;
          HEAPU32[buf + 60 >> 2] = stats.bsize;
          HEAP64[buf + 8 >> 3] = BigInt(stats.blocks);
          HEAP64[buf + 16 >> 3] = BigInt(stats.bfree);
          HEAP64[buf + 24 >> 3] = BigInt(stats.bavail);
          HEAP64[buf + 32 >> 3] = BigInt(stats.files);
          HEAP64[buf + 40 >> 3] = BigInt(stats.ffree);
          HEAPU32[buf + 48 >> 2] = stats.fsid;
          HEAPU32[buf + 64 >> 2] = stats.flags;
          HEAPU32[buf + 56 >> 2] = stats.namelen;
        }, doMsync(addr, stream, len, flags, offset) {
          if (!FS.isFile(stream.node.mode)) {
            throw new FS.ErrnoError(43);
          }
          if (flags & 2) {
            return 0;
          }
          var buffer = HEAPU8.subarray(addr, addr + len);
          FS.msync(stream, buffer, offset, len, flags);
        }, getStreamFromFD(fd) {
          var stream = FS.getStreamChecked(fd);
          return stream;
        }, varargs: void 0, getStr(ptr) {
          var ret = UTF8ToString(ptr);
          return ret;
        } };
        function _fd_close(fd) {
          try {
            var stream = SYSCALLS.getStreamFromFD(fd);
            FS.close(stream);
            return 0;
          } catch (e) {
            if (typeof FS == "undefined" || !(e.name === "ErrnoError")) throw e;
            return e.errno;
          }
        }
        var doReadv = (stream, iov, iovcnt, offset) => {
          var ret = 0;
          for (var i = 0; i < iovcnt; i++) {
            var ptr = HEAPU32[iov >> 2];
            var len = HEAPU32[iov + 4 >> 2];
            iov += 8;
            try {
              var curr = FS.read(stream, HEAP8, ptr, len, offset);
            } catch (e) {
              if (ret > 0 && e instanceof FS.ErrnoError && (e.errno == 6 || e.errno == 6)) {
                break;
              }
              throw e;
            }
            if (curr < 0) return -1;
            ret += curr;
            if (curr < len) break;
            if (typeof offset != "undefined") {
              offset += curr;
            }
          }
          return ret;
        };
        function _fd_read(fd, iov, iovcnt, pnum) {
          try {
            var stream = SYSCALLS.getStreamFromFD(fd);
            var num = doReadv(stream, iov, iovcnt);
            HEAPU32[pnum >> 2] = num;
            return 0;
          } catch (e) {
            if (typeof FS == "undefined" || !(e.name === "ErrnoError")) throw e;
            return e.errno;
          }
        }
        var INT53_MAX = 9007199254740992;
        var INT53_MIN = -9007199254740992;
        var bigintToI53Checked = (num) => num < INT53_MIN || num > INT53_MAX ? NaN : Number(num);
        function _fd_seek(fd, offset, whence, newOffset) {
          offset = bigintToI53Checked(offset);
          try {
            if (isNaN(offset)) return 22;
            var stream = SYSCALLS.getStreamFromFD(fd);
            FS.llseek(stream, offset, whence);
            HEAP64[newOffset >> 3] = BigInt(stream.position);
            if (stream.getdents && offset === 0 && whence === 0) stream.getdents = null;
            return 0;
          } catch (e) {
            if (typeof FS == "undefined" || !(e.name === "ErrnoError")) throw e;
            return e.errno;
          }
        }
        var doWritev = (stream, iov, iovcnt, offset) => {
          if (iovcnt == 1) {
            return FS.write(stream, HEAP8, HEAPU32[iov >> 2], HEAPU32[iov + 4 >> 2], offset);
          }
          var total = 0;
          for (var i = 0, p = iov; i < iovcnt; i++, p += 8) {
            total += HEAPU32[p + 4 >> 2];
          }
          var view = new Uint8Array(total);
          var voff = 0;
          for (var i = 0; i < iovcnt; i++, iov += 8) {
            var ptr = HEAPU32[iov >> 2];
            var len = HEAPU32[iov + 4 >> 2];
            view.set(HEAPU8.subarray(ptr, ptr + len), voff);
            voff += len;
          }
          return FS.write(stream, view, 0, total, offset);
        };
        function _fd_write(fd, iov, iovcnt, pnum) {
          try {
            var stream = SYSCALLS.getStreamFromFD(fd);
            var num = doWritev(stream, iov, iovcnt);
            HEAPU32[pnum >> 2] = num;
            return 0;
          } catch (e) {
            if (typeof FS == "undefined" || !(e.name === "ErrnoError")) throw e;
            return e.errno;
          }
        }
        var wasmTableMirror = [];
        var getWasmTableEntry = (funcPtr) => {
          var func = wasmTableMirror[funcPtr];
          if (!func) {
            wasmTableMirror[funcPtr] = func = wasmTable.get(funcPtr);
          }
          return func;
        };
        var stringToUTF8 = (str, outPtr, maxBytesToWrite) => stringToUTF8Array(str, HEAPU8, outPtr, maxBytesToWrite);
        FS.createPreloadedFile = FS_createPreloadedFile;
        FS.preloadFile = FS_preloadFile;
        FS.staticInit();
        {
          if (Module["noExitRuntime"]) noExitRuntime = Module["noExitRuntime"];
          if (Module["print"]) out = Module["print"];
          if (Module["printErr"]) err = Module["printErr"];
          if (Module["arguments"]) programArgs = Module["arguments"];
          if (Module["thisProgram"]) thisProgram = Module["thisProgram"];
          var preInit = Module["preInit"];
          if (preInit) {
            if (typeof preInit == "function") Module["preInit"] = preInit = [preInit];
            while (preInit.length > 0) {
              preInit.shift()();
            }
          }
        }
        Module["getValue"] = getValue;
        Module["UTF8ToString"] = UTF8ToString;
        Module["stringToUTF8"] = stringToUTF8;
        Module["lengthBytesUTF8"] = lengthBytesUTF8;
        var _wasm_parse_query, _malloc, _free, _wasm_parse_query_raw, _wasm_free_parse_result, _wasm_parse_plpgsql, _wasm_fingerprint, _wasm_normalize_query, _wasm_parse_query_detailed, _wasm_free_detailed_result, _wasm_scan, _wasm_free_string, __emscripten_timeout, _setThrew, __emscripten_stack_restore, _emscripten_stack_get_current, memory, __indirect_function_table, wasmMemory, wasmTable;
        function assignWasmExports(wasmExports2) {
          _wasm_parse_query = Module["_wasm_parse_query"] = wasmExports2["B"];
          _malloc = Module["_malloc"] = wasmExports2["C"];
          _free = Module["_free"] = wasmExports2["E"];
          _wasm_parse_query_raw = Module["_wasm_parse_query_raw"] = wasmExports2["F"];
          _wasm_free_parse_result = Module["_wasm_free_parse_result"] = wasmExports2["G"];
          _wasm_parse_plpgsql = Module["_wasm_parse_plpgsql"] = wasmExports2["H"];
          _wasm_fingerprint = Module["_wasm_fingerprint"] = wasmExports2["I"];
          _wasm_normalize_query = Module["_wasm_normalize_query"] = wasmExports2["J"];
          _wasm_parse_query_detailed = Module["_wasm_parse_query_detailed"] = wasmExports2["K"];
          _wasm_free_detailed_result = Module["_wasm_free_detailed_result"] = wasmExports2["L"];
          _wasm_scan = Module["_wasm_scan"] = wasmExports2["M"];
          _wasm_free_string = Module["_wasm_free_string"] = wasmExports2["N"];
          __emscripten_timeout = wasmExports2["O"];
          _setThrew = wasmExports2["P"];
          __emscripten_stack_restore = wasmExports2["Q"];
          _emscripten_stack_get_current = wasmExports2["R"];
          memory = wasmMemory = wasmExports2["z"];
          __indirect_function_table = wasmTable = wasmExports2["D"];
        }
        var wasmImports = { c: ___assert_fail, x: __abort_js, w: __emscripten_runtime_keepalive_clear, p: __emscripten_throw_longjmp, o: __setitimer_js, q: _emscripten_resize_heap, m: _exit, u: _fd_close, r: _fd_read, s: _fd_seek, t: _fd_write, g: invoke_i, b: invoke_ii, a: invoke_iii, d: invoke_iiii, k: invoke_iiiii, l: invoke_ji, e: invoke_v, f: invoke_vi, h: invoke_vii, j: invoke_viii, i: invoke_viiii, y: invoke_viiiii, n: invoke_viiiiiiiiiiiii, v: _proc_exit };
        function invoke_iii(index, a1, a2) {
          var sp = stackSave();
          try {
            return getWasmTableEntry(index)(a1, a2);
          } catch (e) {
            stackRestore(sp);
            if (!(e instanceof EmscriptenEH)) throw e;
            _setThrew(1, 0);
          }
        }
        function invoke_ii(index, a1) {
          var sp = stackSave();
          try {
            return getWasmTableEntry(index)(a1);
          } catch (e) {
            stackRestore(sp);
            if (!(e instanceof EmscriptenEH)) throw e;
            _setThrew(1, 0);
          }
        }
        function invoke_i(index) {
          var sp = stackSave();
          try {
            return getWasmTableEntry(index)();
          } catch (e) {
            stackRestore(sp);
            if (!(e instanceof EmscriptenEH)) throw e;
            _setThrew(1, 0);
          }
        }
        function invoke_v(index) {
          var sp = stackSave();
          try {
            getWasmTableEntry(index)();
          } catch (e) {
            stackRestore(sp);
            if (!(e instanceof EmscriptenEH)) throw e;
            _setThrew(1, 0);
          }
        }
        function invoke_iiii(index, a1, a2, a3) {
          var sp = stackSave();
          try {
            return getWasmTableEntry(index)(a1, a2, a3);
          } catch (e) {
            stackRestore(sp);
            if (!(e instanceof EmscriptenEH)) throw e;
            _setThrew(1, 0);
          }
        }
        function invoke_viiii(index, a1, a2, a3, a4) {
          var sp = stackSave();
          try {
            getWasmTableEntry(index)(a1, a2, a3, a4);
          } catch (e) {
            stackRestore(sp);
            if (!(e instanceof EmscriptenEH)) throw e;
            _setThrew(1, 0);
          }
        }
        function invoke_viiiiiiiiiiiii(index, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13) {
          var sp = stackSave();
          try {
            getWasmTableEntry(index)(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13);
          } catch (e) {
            stackRestore(sp);
            if (!(e instanceof EmscriptenEH)) throw e;
            _setThrew(1, 0);
          }
        }
        function invoke_iiiii(index, a1, a2, a3, a4) {
          var sp = stackSave();
          try {
            return getWasmTableEntry(index)(a1, a2, a3, a4);
          } catch (e) {
            stackRestore(sp);
            if (!(e instanceof EmscriptenEH)) throw e;
            _setThrew(1, 0);
          }
        }
        function invoke_viii(index, a1, a2, a3) {
          var sp = stackSave();
          try {
            getWasmTableEntry(index)(a1, a2, a3);
          } catch (e) {
            stackRestore(sp);
            if (!(e instanceof EmscriptenEH)) throw e;
            _setThrew(1, 0);
          }
        }
        function invoke_vi(index, a1) {
          var sp = stackSave();
          try {
            getWasmTableEntry(index)(a1);
          } catch (e) {
            stackRestore(sp);
            if (!(e instanceof EmscriptenEH)) throw e;
            _setThrew(1, 0);
          }
        }
        function invoke_vii(index, a1, a2) {
          var sp = stackSave();
          try {
            getWasmTableEntry(index)(a1, a2);
          } catch (e) {
            stackRestore(sp);
            if (!(e instanceof EmscriptenEH)) throw e;
            _setThrew(1, 0);
          }
        }
        function invoke_viiiii(index, a1, a2, a3, a4, a5) {
          var sp = stackSave();
          try {
            getWasmTableEntry(index)(a1, a2, a3, a4, a5);
          } catch (e) {
            stackRestore(sp);
            if (!(e instanceof EmscriptenEH)) throw e;
            _setThrew(1, 0);
          }
        }
        function invoke_ji(index, a1) {
          var sp = stackSave();
          try {
            return getWasmTableEntry(index)(a1);
          } catch (e) {
            stackRestore(sp);
            if (!(e instanceof EmscriptenEH)) throw e;
            _setThrew(1, 0);
            return 0n;
          }
        }
        async function run2() {
          preRun();
          if (runDependencies) {
            await resolveRunDependencies();
          }
          var setStatus = Module["setStatus"];
          if (setStatus) {
            setStatus("Running...");
            await new Promise((resolve2) => setTimeout(resolve2, 1));
            setTimeout(setStatus, 1, "");
          }
          if (ABORT) return;
          initRuntime();
          Module["onRuntimeInitialized"]?.();
          postRun();
        }
        var wasmExports;
        wasmExports = await createWasm();
        await run2();
        ;
        return Module;
      };
    })();
    if (typeof exports === "object" && typeof module === "object") {
      module.exports = PgQueryModule2;
      module.exports.default = PgQueryModule2;
    } else if (typeof define === "function" && define["amd"]) define([], () => PgQueryModule2);
  }
});

// src/config/options.ts
var EVERYWHERE = ["input", "flag", "file"];
var OPTIONS = {
  "github-token": {
    type: "string",
    default: null,
    secret: true,
    places: ["input"],
    doc: "Token that reads the changed files and writes the comment. The default is the token of the job."
  },
  paths: {
    type: "list",
    default: [],
    places: EVERYWHERE,
    doc: "Globs of the migrations, one a line. By default the tools used in the repository are found by their own marks."
  },
  framework: {
    type: "string",
    default: "auto",
    places: EVERYWHERE,
    doc: "The migration tool, by id (`docs/frameworks.md`), when it is not to be found by its marks."
  },
  "postgres-version": {
    type: "integer",
    least: 13,
    most: 18,
    default: 15,
    places: EVERYWHERE,
    doc: "Major version of the oldest server that the migrations will run on. Older servers lack ways around a lock, so an old version is the safe default."
  },
  "fail-on": {
    type: "enum",
    values: ["error", "warning", "never"],
    default: "error",
    places: EVERYWHERE,
    doc: "The least severity of a finding that fails the gate."
  },
  unparsed: {
    type: "enum",
    values: ["fail", "warn"],
    default: "fail",
    places: EVERYWHERE,
    doc: "What a statement that does not parse, or a text that cannot be read, does to the verdict: it may hide anything."
  },
  comment: {
    type: "enum",
    values: ["always", "on-findings", "never"],
    default: "on-findings",
    places: ["input", "file"],
    doc: "When the pull request gets its comment. One that is there is brought up to date in any case."
  },
  config: {
    type: "string",
    default: ".migration-gate.yml",
    places: ["input", "flag"],
    doc: "The configuration file."
  },
  "lock-timeout-set-by-tool": {
    type: "boolean",
    default: false,
    places: ["file"],
    doc: "The tool or its role sets `lock_timeout`, so that migrations need not."
  }
};
var defaults = Object.fromEntries(Object.entries(OPTIONS).map(([name, spec]) => [name, spec.default]));
var DEFAULTS = {
  ...defaults,
  rules: /* @__PURE__ */ new Map(),
  overrides: []
};

// src/config/nearest.ts
function nearest(name, known2) {
  const ranked = known2.map((candidate) => ({ candidate, edits: distance(name, candidate) })).sort((a, b) => a.edits - b.edits);
  const [best] = ranked;
  return best && best.edits <= Math.max(2, name.length / 3) ? best.candidate : null;
}
function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1))
      );
    row = next;
  }
  return row[b.length] ?? 0;
}
var suggestion = (name, known2) => {
  const near = nearest(name, known2);
  return near === null ? "" : ` Did you mean "${near}"?`;
};

// src/config/load.ts
var SEVERITIES = ["error", "warning", "notice", "off"];
var DELIVERIES = ["whole-file", "per-statement", "as-written"];
async function loadOptions({ inputs, flags, file, ruleIds: ruleIds2 }) {
  const problems = [];
  const values = { ...DEFAULTS };
  const own = file ? await readFile(file, ruleIds2, problems) : null;
  Object.assign(values, own ?? {});
  for (const [given, place2] of [
    [inputs, "input"],
    [flags, "flag"]
  ])
    for (const [name, text] of given) {
      const spec = OPTIONS[name];
      const label = place2 === "input" ? `input ${name}` : `--${name}`;
      if (!spec) problems.push({ where: label, what: `is not known.${suggestion(name, names(place2))}` });
      else values[name] = valueOf(spec, text, label, problems);
    }
  if (problems.length > 0)
    throw new Expected(problems.map(({ where: where2, what: what2 }) => `${where2} ${what2}`).join("\n"), {
      hint: "docs/config.md lists every option."
    });
  return values;
}
var names = (place2) => Object.entries(OPTIONS).filter(([, spec]) => spec.places.includes(place2)).map(([name]) => name);
function valueOf(spec, given, where2, problems) {
  const fail2 = (what2) => {
    problems.push({ where: where2, what: what2 });
    return null;
  };
  if (spec.type === "list") {
    const list = Array.isArray(given) ? given : typeof given === "string" ? given.split("\n") : null;
    if (list?.every((item) => typeof item === "string") !== true) return fail2("must be a list of texts.");
    return list.map((item) => item.trim()).filter((item) => item !== "");
  }
  const text = typeof given === "string" || typeof given === "number" || typeof given === "boolean" ? String(given).trim() : null;
  if (text === null) return fail2("must be a single value.");
  if (spec.type === "string") return text;
  if (spec.type === "enum")
    return spec.values.includes(text) ? text : fail2(`must be one of ${spec.values.join(", ")}; it is "${text}".${suggestion(text, spec.values)}`);
  if (spec.type === "boolean")
    return text === "true" || text === "false" ? text === "true" : fail2(`must be true or false; it is "${text}".`);
  const number = Number(text);
  if (Number.isInteger(number) && number >= spec.least && number <= spec.most) return number;
  return fail2(`must be a whole number from ${spec.least} to ${spec.most}; it is "${text}".`);
}
async function readFile(file, ruleIds2, problems) {
  const { LineCounter, parseDocument, isMap, isScalar } = await import("./dist-MH6LAM6Q.js");
  const lines = new LineCounter();
  const document = parseDocument(file.text, { lineCounter: lines, uniqueKeys: true });
  const at = (offset) => `${file.path}:${offset === void 0 ? 1 : lines.linePos(offset).line}`;
  for (const error of document.errors)
    problems.push({ where: at(error.pos[0]), what: error.message.split("\n", 1)[0] ?? "" });
  if (document.errors.length > 0 || document.contents === null) return {};
  if (!isMap(document.contents)) {
    problems.push({ where: at(0), what: "must hold options by name." });
    return {};
  }
  const found = {};
  const known2 = [...names("file"), "rules", "overrides"];
  for (const pair of document.contents.items) {
    const name = isScalar(pair.key) ? String(pair.key.value) : "";
    const where2 = `${at(isScalar(pair.key) ? pair.key.range[0] : void 0)} ${name}`;
    const value = toJson(pair.value);
    if (!known2.includes(name)) problems.push({ where: where2, what: `is not known.${suggestion(name, known2)}` });
    else if (name === "rules") found.rules = rulesOf(value, where2, ruleIds2, problems);
    else if (name === "overrides") found.overrides = overridesOf(value, where2, ruleIds2, problems);
    else found[name] = valueOf(OPTIONS[name], value, where2, problems);
  }
  return found;
}
var toJson = (node) => {
  const { toJSON } = node ?? {};
  return toJSON ? toJSON.call(node) : null;
};
function rulesOf(value, where2, ruleIds2, problems) {
  const rules2 = /* @__PURE__ */ new Map();
  if (value === null) return rules2;
  if (typeof value !== "object" || Array.isArray(value))
    problems.push({ where: where2, what: "must give a severity for each rule." });
  else
    for (const [rule2, severity] of Object.entries(value)) {
      if (!ruleIds2.includes(rule2))
        problems.push({ where: where2, what: `names the rule ${rule2}, which is not known.${suggestion(rule2, ruleIds2)}` });
      else if (!SEVERITIES.includes(String(severity)))
        problems.push({
          where: where2,
          what: `gives ${rule2} the severity "${String(severity)}"; it must be one of ${SEVERITIES.join(", ")}.`
        });
      else rules2.set(rule2, severity);
    }
  return rules2;
}
function overridesOf(value, where2, ruleIds2, problems) {
  if (!Array.isArray(value)) {
    problems.push({ where: where2, what: "must be a list, each with `paths` and `rules` or `transaction`." });
    return [];
  }
  return value.map((entry) => {
    const { paths, rules: rules2, transaction: written2, ...rest } = entry ?? {};
    const transaction = written2 === void 0 ? null : JSON.stringify(written2).replaceAll('"', "");
    for (const name of Object.keys(rest))
      problems.push({
        where: where2,
        what: `has ${name}, which is not known.${suggestion(name, ["paths", "rules", "transaction"])}`
      });
    if (!Array.isArray(paths) || paths.length === 0) problems.push({ where: where2, what: "needs `paths`, a list of globs." });
    if (transaction !== null && !DELIVERIES.includes(transaction))
      problems.push({
        where: where2,
        what: `has the transaction "${transaction}"; it must be one of ${DELIVERIES.join(", ")}.`
      });
    return {
      paths: Array.isArray(paths) ? paths.map(String) : [],
      rules: rulesOf(rules2 ?? null, where2, ruleIds2, problems),
      transaction
    };
  });
}

// src/repo/checkout.ts
import { lstatSync, readFileSync, realpathSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";

// src/repo/decode.ts
var UTF8 = new TextDecoder("utf-8");
function decode(bytes2, file) {
  const [first, second] = bytes2;
  if (first === 255 && second === 254) return whole(new TextDecoder("utf-16le").decode(bytes2), file);
  if (first === 254 && second === 255) return whole(new TextDecoder("utf-16be").decode(bytes2), file);
  return whole(UTF8.decode(bytes2), file);
}
function whole(text, file) {
  const at = text.indexOf("\0");
  if (at === -1) return text;
  const line = text.slice(0, at).split("\n").length;
  throw new Expected(`${JSON.stringify(file)} holds a NUL byte in line ${line}, which would hide what follows it.`, {
    hint: "Save the file as UTF-8, or as UTF-16 with a byte order mark.",
    span: { file, line, endLine: line }
  });
}

// src/repo/checkout.ts
var SKIPPED = /* @__PURE__ */ new Set(["node_modules", ".git", "dist"]);
var SYMLINK = "120000";
var SUBMODULE = "160000";
async function checkout(root) {
  const top = realpathSync(root);
  const paths = (await tracked(top) ?? await walk(top)).sort();
  const known2 = new Set(paths);
  return {
    paths,
    read: (path) => {
      if (!known2.has(path)) return Promise.reject(new Expected(`${JSON.stringify(path)} is not in the checkout.`));
      return new Promise((resolve2) => resolve2(decode(bytesOf(top, path), path)));
    }
  };
}
async function tracked(root) {
  const asked = await Promise.all(
    [["--stage"], ["--deleted"], ["--others", "--exclude-standard"]].map(
      (kind) => git(root, ["ls-files", "-z", ...kind]).catch(() => null)
    )
  );
  for (const answer of asked)
    if (answer === null || /not a git repository|must be run in a work tree/.test(answer.stderr)) return null;
  const [staged, deleted, others2] = asked.map((answer) => records(succeeded("ls-files", root, answer)));
  const gone = new Set(deleted);
  const paths = /* @__PURE__ */ new Set();
  for (const entry of staged ?? []) {
    const tab = entry.indexOf("	");
    const path = entry.slice(tab + 1);
    const mode = entry.slice(0, 6);
    if (mode === SUBMODULE || gone.has(path)) continue;
    if (mode !== SYMLINK || leadsInside(root, path)) paths.add(path);
  }
  for (const path of others2 ?? []) if (!path.endsWith("/") && leadsInside(root, path)) paths.add(path);
  return [...paths];
}
async function walk(root, folder = "") {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : await walk(root, path);
      return leadsInside(root, path) ? [path] : [];
    })
  );
  return found.flat();
}
function leadsInside(root, path) {
  try {
    const full = join(root, path);
    if (!lstatSync(full).isSymbolicLink()) return lstatSync(full).isFile();
    const target2 = realpathSync(full);
    const inside = relative(root, target2);
    return inside !== ".." && !inside.startsWith(`..${sep}`) && statSync(target2).isFile();
  } catch {
    return false;
  }
}
function bytesOf(root, path) {
  try {
    return readFileSync(join(root, path));
  } catch (cause) {
    throw new Expected(`${JSON.stringify(path)} cannot be read.`, { cause });
  }
}

// src/model/lock.ts
var LOCK_MODES = [
  "ACCESS SHARE",
  "ROW SHARE",
  "ROW EXCLUSIVE",
  "SHARE UPDATE EXCLUSIVE",
  "SHARE",
  "SHARE ROW EXCLUSIVE",
  "EXCLUSIVE",
  "ACCESS EXCLUSIVE"
];
var CONFLICTS = {
  "ACCESS SHARE": ".......x",
  "ROW SHARE": "......xx",
  "ROW EXCLUSIVE": "....xxxx",
  "SHARE UPDATE EXCLUSIVE": "...xxxxx",
  SHARE: "..xx.xxx",
  "SHARE ROW EXCLUSIVE": "..xxxxxx",
  EXCLUSIVE: ".xxxxxxx",
  "ACCESS EXCLUSIVE": "xxxxxxxx"
};
var rank = (mode) => LOCK_MODES.indexOf(mode);
var conflicts = (a, b) => CONFLICTS[a][rank(b)] === "x";
var blocksReads = (mode) => conflicts(mode, "ACCESS SHARE");
var blocksWrites = (mode) => conflicts(mode, "ROW EXCLUSIVE");
var stronger = (a, b) => rank(a) >= rank(b) ? a : b;
var blocked = (mode) => blocksReads(mode) ? "reads and writes" : blocksWrites(mode) ? "writes" : "nothing";

// src/model/schema.ts
var keyOf = (relation) => `${relation.schema}.${relation.name}`;

// src/model/effect.ts
var COST_TRAITS = {
  lock: { measurable: true, key: (c) => c.mode },
  rewrite: { measurable: true, key: () => "" },
  "new-file": { measurable: true, key: () => "" },
  scan: { measurable: true, key: () => "" },
  "build-index": { measurable: true, key: (c) => c.index },
  wait: { measurable: false, key: (c) => c.for },
  "touch-rows": { measurable: false, key: (c) => c.verb },
  "lose-data": { measurable: false, key: (c) => c.what },
  reject: { measurable: false, key: (c) => c.if },
  fail: { measurable: false, key: (c) => c.sqlstate }
};
function identity(cost) {
  const key = COST_TRAITS[cost.kind].key;
  return `${cost.kind} ${cost.relation ? keyOf(cost.relation) : ""} ${key(cost)}`;
}
var same = (a, b) => a.name === b.name && a.schema === b.schema;
var isVisible = (relation) => relation.age === "existing" || relation.age === "unknown";

// src/rule.ts
var defineRule = (rule2) => rule2;

// src/rules/shared/blocking-work.ts
var isWork = (cost) => cost.kind === "rewrite" || cost.kind === "scan" || cost.kind === "build-index" || cost.kind === "new-file";
function blockingLock(step, relation) {
  let found;
  for (const cost of step.costs)
    if (cost.kind === "lock" && blocksWrites(cost.mode) && same(cost.relation, relation) && !isRefresh(cost)) {
      if (!found || stronger(cost.mode, found.mode) === cost.mode) found = cost;
    }
  return found;
}
var isRefresh = (lock2) => lock2.cause?.kind === "refresh" && lock2.cause.concurrently;
var waits = (lock2) => `${lock2.mode}: ${blocked(lock2.mode)} wait`;
var planned = (cost) => cost.certainty === "may" && cost.because === "the planner may use an index";
function blockingWork(step, costs) {
  const work = [];
  let first = null;
  for (const cost of costs) {
    if (!isWork(cost) || !isVisible(cost.relation) || planned(cost)) continue;
    const lock2 = blockingLock(step, cost.relation);
    if (!lock2) continue;
    work.push(cost);
    first ??= { relation: cost.relation, lock: lock2 };
  }
  if (!first) return null;
  const unsure = work.every((cost) => cost.certainty === "may");
  return {
    ...first,
    work,
    evidence: costs,
    under: `${first.lock.mode}, and ${blocked(first.lock.mode)} wait until it is done`,
    doubt: unsure ? ` This is not certain: ${work[0]?.because ?? "the schema is not fully known"}.` : "",
    severity: unsure ? { severity: "warning" } : {}
  };
}
var costsOf = (step, change) => step.costs.filter((cost) => cost.cause === change);

// src/rules/shared/held-lock.ts
var heldLock = (step) => {
  const visible = step.held.filter((lock2) => isVisible(lock2.relation) && blocksWrites(lock2.mode));
  return visible.find((lock2) => blocksReads(lock2.mode)) ?? visible[0];
};

// src/rules/shared/quote.ts
var RESERVED = new Set(
  "all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create current_date current_role current_time current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign from grant group having in initially intersect into lateral leading limit localtime localtimestamp not null offset on only or order placing primary references returning select session_user some symmetric system_user table then to trailing true union unique user using variadic when where window with authorization binary collation concurrently cross current_schema freeze full ilike inner is isnull join left like natural notnull outer overlaps right similar tablesample verbose".split(" ")
);
var quote = (name) => /^[a-z_][a-z0-9_$]*$/.test(name) && !RESERVED.has(name) ? name : `"${name.replaceAll('"', '""')}"`;
var quoteRelation = (relation) => relation.schema === "public" || relation.schema === "" ? quote(relation.name) : `${quote(relation.schema)}.${quote(relation.name)}`;
var nameOf = (relation) => relation.schema === "public" || relation.schema === "" ? relation.name : `${relation.schema}.${relation.name}`;

// src/rules/backfill-with-schema-change.ts
var backfill_with_schema_change_default = defineRule({
  id: "backfill-with-schema-change",
  summary: "Rows are changed in the transaction that changed the schema.",
  category: "locks",
  severity: "warning",
  why: `
The lock of the schema change is held until the last row is written: reads and writes wait for the whole backfill. Rows
belong into a migration of their own, in batches that commit one by one. One finding per transaction.`,
  aliases: ["ddl-and-dml-mixed", "backfill-in-ddl-transaction"],
  examples: [
    {
      given: "create table users (id bigint primary key, first text);",
      bad: "alter table users add column name text; update users set name = first where name is null;",
      good: [
        "alter table users add column name text;",
        "update users set name = first where id in (select id from users where name is null limit 1000);"
      ]
    }
  ],
  *check(step) {
    const held = heldLock(step);
    const [change] = held ? backfills(step) : [];
    if (!held || !change || step.earlier.some((earlier) => heldLock(earlier) && backfills(earlier).length > 0)) return;
    yield {
      message: `The ${change.verb} on ${nameOf(change.relation)} runs while the transaction holds ${held.mode} on ${nameOf(held.relation)} from an earlier statement: ${blocked(held.mode)} wait until it is done.`,
      remedy: {
        text: "Commit the schema change first; change the rows in a migration of its own, in batches.",
        steps: []
      },
      evidence: [change, ...costsOf(step, change), held]
    };
  }
});
var backfills = (step) => step.changes.filter((change) => change.kind === "change-rows").filter(
  (change) => !change.batched && isVisible(change.relation) && !(change.verb === "insert" && change.reads.length === 0)
);

// src/sql/deparse.ts
var write = null;
async function loadDeparser() {
  if (write) return;
  const module = await import("./esm-NWMX4UYM.js");
  write = (node) => module.deparseSync(node);
}
function deparse(node) {
  if (!write) throw new Error("loadDeparser() has not been awaited");
  try {
    return write(node).replace(/[ \t]+$/gm, "").trim();
  } catch {
    return null;
  }
}

// src/sql/nodes.ts
function tagOf(node) {
  for (const key in node) return key;
  throw new Error("a node of the parser has no tag");
}
function as(node, tag) {
  return node?.[tag];
}
function all(nodes, tag) {
  const bodies = [];
  for (const node of nodes ?? []) {
    const body = as(node, tag);
    if (body) bodies.push(body);
  }
  return bodies;
}
function strings(nodes) {
  return all(nodes, "String").map((string) => string.sval ?? "");
}
function qualified(nodes) {
  const parts2 = strings(nodes);
  return { schema: parts2.at(-2) ?? null, name: parts2.at(-1) ?? "" };
}
function dotted(node) {
  const list = as(node, "List");
  if (list) return qualified(list.items);
  const type = as(node, "TypeName");
  if (type) return qualified(type.names);
  const routine = as(node, "ObjectWithArgs");
  if (routine) return qualified(routine.objname);
  return { schema: null, name: as(node, "String")?.sval ?? "" };
}
function constant(node) {
  const value = as(node, "A_Const");
  if (value) {
    if (value.sval) return value.sval.sval ?? "";
    if (value.ival) return String(value.ival.ival ?? 0);
    if (value.fval) return value.fval.fval ?? "0";
    if (value.boolval) return String(value.boolval.boolval ?? false);
    return null;
  }
  const cast = as(node, "TypeCast");
  if (cast?.arg) return constant(cast.arg);
  return as(node, "String")?.sval ?? null;
}
var isNullConstant = (node) => {
  const cast = as(node, "TypeCast");
  return cast ? isNullConstant(cast.arg) : as(node, "A_Const")?.isnull === true;
};
var SERIAL = {
  serial: "int4",
  serial4: "int4",
  bigserial: "int8",
  serial8: "int8",
  smallserial: "int2",
  serial2: "int2"
};
var isSerial = (type) => type?.names?.length === 1 && (strings(type.names)[0] ?? "") in SERIAL;
function typeRef(type) {
  const { schema, name } = qualified(type?.names);
  const mods = (type?.typmods ?? []).map((mod) => Number(constant(mod) ?? 0));
  const array = (type?.arrayBounds?.length ?? 0) > 0;
  if (schema === null && name in SERIAL) return { schema: "pg_catalog", name: SERIAL[name] ?? name, mods: [], array };
  if ((name === "numeric" || name === "decimal") && mods.length === 1) mods.push(0);
  if (name === "interval") return { schema: schema ?? "", name, array, ...intervalMods(mods) };
  return { schema: schema ?? "", name, mods, array };
}
var INTERVAL_FIELDS = [
  [2, "year"],
  [1, "month"],
  [3, "day"],
  [10, "hour"],
  [11, "minute"],
  [12, "second"]
];
var EVERY_FIELD = 32767;
function intervalMods([mask, ...precision2]) {
  if (mask === void 0 || mask === EVERY_FIELD) return { mods: precision2 };
  const named = INTERVAL_FIELDS.filter(([bit]) => mask & 1 << bit).map(([, field]) => field);
  const [first, last] = [named[0], named.at(-1)];
  return { mods: precision2, fields: first === last ? first ?? "" : `${first ?? ""} to ${last ?? ""}` };
}
function walk2(node, visit) {
  if (Array.isArray(node)) {
    for (const item of node) walk2(item, visit);
    return;
  }
  if (node === null || typeof node !== "object") return;
  for (const [key, value] of Object.entries(node)) {
    if (value === null || typeof value !== "object") continue;
    if (/^[A-Z]/.test(key) && !visit(key, value)) continue;
    walk2(value, visit);
  }
}
function columnsIn(node) {
  const found = /* @__PURE__ */ new Set();
  walk2(node, (tag, body) => {
    if (tag === "ColumnRef") {
      const name = strings(body.fields).at(-1);
      if (name !== void 0) found.add(name);
    }
    return true;
  });
  return [...found];
}

// src/rules/shared/remedy.ts
var end = (sql) => /[;]\s*$/.test(sql) ? sql : `${sql};`;
var join2 = (sql) => sql.filter((part) => part !== null).map(end).join("\n");
var migration = (title, ...sql) => ({
  title,
  sql: join2(sql)
});
function outside(step, title, ...sql) {
  const marker = step.transaction.block ? step.migration.noTransaction?.marker : void 0;
  const text = join2(sql);
  return { title: `${title}, outside a transaction`, sql: marker === void 0 ? text : `${marker}
${text}` };
}
function howOutside(step) {
  if (!step.transaction.block) return "";
  const { noTransaction, framework } = step.migration;
  if (step.transaction.explicit) return " Leave out the BEGIN and COMMIT around it.";
  if (noTransaction === null)
    return ` ${framework} runs every migration in a transaction: run this statement by hand with psql before the deploy, and keep a guarded form of it (IF NOT EXISTS, IF EXISTS) in the migration.`;
  return ` ${noTransaction.how}${noTransaction.oneStatement ? " Such a file holds one statement." : ""}`;
}

// src/rules/blocking-index-build.ts
function remedyFor(step, { relation, index }) {
  const node = as(step.statement.node, "IndexStmt");
  const text = `Build the index CONCURRENTLY: slower, but writes go on. If the build fails it leaves an invalid index; drop that and build again.${howOutside(step)}`;
  if (!node)
    return {
      text: `${text} CONCURRENTLY is not possible inside a DO block: write the statement by itself.`,
      steps: []
    };
  if (relation.kind !== "partitioned-table") {
    const sql = deparse({ IndexStmt: { ...node, concurrent: true, idxname: index.name } });
    return { text, steps: sql === null ? [] : [outside(step, "Build the index", sql)] };
  }
  const range = node.relation ?? {};
  const only = deparse({
    IndexStmt: { ...node, idxname: index.name, relation: { ...range, inh: false } }
  });
  const piece = `${relation.name}_part_${index.name}`;
  const each = deparse({
    IndexStmt: {
      ...node,
      idxname: piece,
      concurrent: true,
      relation: { ...range, inh: true, relname: `${relation.name}_part` }
    }
  });
  return {
    text: `CONCURRENTLY does not work on a partitioned table: create the index on the parent alone, build it CONCURRENTLY on each partition (${quote(`${relation.name}_part`)} stands for each of them), and attach the pieces.${howOutside(step)}`,
    steps: [
      migration("Create the parent index, invalid as yet", only),
      outside(step, "Build on each partition", each),
      migration(
        "Attach each piece",
        `ALTER INDEX ${quoteRelation({ schema: relation.schema, name: index.name })} ATTACH PARTITION ${quoteRelation({ schema: relation.schema, name: piece })}`
      )
    ]
  };
}
var blocking_index_build_default = defineRule({
  id: "blocking-index-build",
  summary: "An index is built while writes to its table wait.",
  category: "locks",
  severity: "error",
  why: `
A plain \`CREATE INDEX\` reads the whole table under \`SHARE\`: every insert, update and delete waits until the build is
done, which takes seconds on a small table and hours on a large one. \`CONCURRENTLY\` reads the table twice and lets writes
through, but cannot run inside a transaction.

Fine when the table is created in the same pull request, or when the application is stopped.`,
  aliases: ["require-concurrent-index-creation", "create-index-not-concurrent", "requireConcurrentIndexCreation"],
  examples: [
    {
      given: "create table orders (id bigint primary key, status text);",
      bad: "create index orders_status on orders (status);",
      good: [
        "-- migration-gate: transaction per-statement\ncreate index concurrently orders_status on orders (status);"
      ]
    },
    {
      given: "create table orders (id bigint primary key, status text);",
      bad: "create unique index on orders (lower(status)) where status <> 'done';",
      good: null
    }
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== "create-index" || change.concurrently) continue;
      const found = blockingWork(step, costsOf(step, change));
      if (!found) continue;
      yield {
        message: `Building the index ${change.index.name} reads all of ${nameOf(change.relation)} under ${found.under}.${found.doubt}`,
        remedy: remedyFor(step, change),
        evidence: [change, ...found.evidence],
        ...found.severity
      };
    }
  }
});

// src/rules/blocking-index-drop.ts
var blocking_index_drop_default = defineRule({
  id: "blocking-index-drop",
  summary: "An index is dropped under a lock that blocks its table.",
  category: "locks",
  severity: "warning",
  why: `
\`DROP INDEX\` takes \`ACCESS EXCLUSIVE\` on the table of the index. The drop itself is quick, but it waits for every running
query, and every later query waits behind it. \`DROP INDEX CONCURRENTLY\` waits without blocking anybody.`,
  aliases: ["require-concurrent-index-deletion", "drop-index-not-concurrent", "requireConcurrentIndexDeletion"],
  examples: [
    {
      given: "create table orders (id bigint primary key, status text); create index orders_status on orders (status);",
      bad: "drop index orders_status;",
      good: ["-- migration-gate: transaction per-statement\ndrop index concurrently orders_status;"]
    }
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== "drop-index" || change.concurrently || !isVisible(change.relation)) continue;
      const lock2 = blockingLock(step, change.relation);
      if (!lock2) continue;
      const schema = change.relation.schema === "public" ? "" : `${quote(change.relation.schema)}.`;
      const partitioned = change.relation.kind === "partitioned-table";
      yield {
        message: `Dropping the index ${change.index} waits for all queries on ${nameOf(change.relation)} and holds ${waits(lock2)} behind it.`,
        remedy: partitioned ? {
          text: "An index of a partitioned table cannot be dropped CONCURRENTLY: set a short lock_timeout and try again when it runs out.",
          steps: []
        } : {
          text: `Drop the index CONCURRENTLY.${howOutside(step)}`,
          steps: [outside(step, "Drop the index", `DROP INDEX CONCURRENTLY ${schema}${quote(change.index)}`)]
        },
        evidence: [change, ...costsOf(step, change)]
      };
    }
  }
});

// src/rules/blocking-refresh.ts
var blocking_refresh_default = defineRule({
  id: "blocking-refresh",
  summary: "A materialized view is refreshed while nobody can read it.",
  category: "locks",
  severity: "error",
  why: `
\`REFRESH MATERIALIZED VIEW\` runs the query of the view under \`ACCESS EXCLUSIVE\`. \`CONCURRENTLY\` lets readers see the old
rows meanwhile; it needs a unique index on plain columns over all rows, and a view that has been filled once.`,
  aliases: ["refresh-materialized-view-not-concurrent"],
  examples: [
    {
      given: "create table orders (id bigint primary key); create materialized view totals as select count(*) as n from orders; create unique index on totals (n);",
      bad: "refresh materialized view totals;",
      good: ["refresh materialized view concurrently totals;"]
    }
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== "refresh" || change.concurrently || !change.withData || !isVisible(change.relation)) continue;
      const lock2 = blockingLock(step, change.relation);
      if (!lock2) continue;
      yield {
        message: `Refreshing ${nameOf(change.relation)} runs its whole query under ${waits(lock2)} until it is done.`,
        remedy: {
          text: "Refresh it CONCURRENTLY, which needs a unique index over all rows of the view.",
          steps: [migration("Refresh", `REFRESH MATERIALIZED VIEW CONCURRENTLY ${quoteRelation(change.relation)}`)]
        },
        evidence: [change, ...costsOf(step, change)]
      };
    }
  }
});

// src/rules/blocking-reindex.ts
var blocking_reindex_default = defineRule({
  id: "blocking-reindex",
  summary: "REINDEX rebuilds indexes while the table is locked.",
  category: "locks",
  severity: "error",
  why: `
\`REINDEX\` blocks writes to the table, and reads that would use the index, until the new index is built.
\`REINDEX … CONCURRENTLY\` (Postgres 12 and later) builds it beside the old one and then swaps them.`,
  aliases: ["require-concurrent-reindex", "reindex-not-concurrent", "requireConcurrentReindex"],
  examples: [
    {
      given: "create table orders (id bigint primary key, status text); create index orders_status on orders (status);",
      bad: "reindex table orders;",
      good: ["-- migration-gate: transaction per-statement\nreindex table concurrently orders;"],
      transaction: "per-statement"
    }
  ],
  *check(step) {
    for (const change of step.changes) {
      const many = change.kind === "reindex-many";
      if (change.kind !== "reindex" && !many || change.concurrently) continue;
      const costs = costsOf(step, change);
      const found = blockingWork(step, costs);
      if (!found && !many) continue;
      const node = as(step.statement.node, "ReindexStmt");
      const option = { DefElem: { defname: "concurrently", defaction: "DEFELEM_UNSPEC" } };
      const sql = node ? deparse({ ReindexStmt: { ...node, params: [...node.params ?? [], option] } }) : null;
      yield {
        message: found ? `REINDEX rebuilds ${change.kind === "reindex" ? change.index ?? "all indexes" : "all indexes"} of ${nameOf(found.relation)} under ${found.under}.` : `REINDEX rebuilds the indexes of a whole ${many ? change.target : "table"}, and writes to each table wait meanwhile.`,
        remedy: {
          text: `Rebuild CONCURRENTLY.${howOutside(step)}`,
          steps: sql === null ? [] : [outside(step, "Rebuild", sql)]
        },
        evidence: [change, ...costs]
      };
    }
  }
});

// src/rules/cascade-drop.ts
var cascade_drop_default = defineRule({
  id: "cascade-drop",
  summary: "DROP … CASCADE drops whatever depends on the object, named nowhere in the migration.",
  category: "data-loss",
  severity: "warning",
  why: `
With \`CASCADE\` views, foreign keys, columns of a type and more go too, as far as they depend on what is dropped, and on
another database these may be others than on yours.`,
  aliases: ["ban-drop-cascade", "drop-cascade"],
  examples: [
    {
      given: "create table orders (id bigint primary key); create view recent as select id from orders;",
      bad: "drop view recent cascade;",
      good: ["drop view recent;"]
    }
  ],
  *check(step) {
    const cascades = step.changes.filter((change) => {
      if ("relation" in change && !isVisible(change.relation)) return false;
      switch (change.kind) {
        case "drop-relation":
        case "drop-column":
        case "drop-constraint":
        case "drop-index":
        case "drop-type":
        case "drop-routine":
        case "drop-trigger":
        case "drop-extension":
          return change.cascade;
        default:
          return false;
      }
    });
    const [first] = cascades;
    if (!first) return;
    const relation = "relation" in first ? ` of ${nameOf(first.relation)}` : "";
    yield {
      message: `CASCADE also drops everything that depends on the object${relation}, and the migration does not say what that is.`,
      remedy: {
        text: "Name what depends on it in drops of its own, and leave CASCADE out: Postgres then refuses when something was overlooked.",
        steps: []
      },
      evidence: cascades
    };
  }
});

// src/rules/shared/new-columns.ts
var newColumns = (step) => step.changes.flatMap((change) => {
  if (change.kind === "add-column") {
    const primary = step.changes.some(
      (other) => other.kind === "add-constraint" && other.constraint.type === "primary-key" && other.constraint.columns.includes(change.column.name)
    );
    return [{ relation: change.relation, column: change.column, change, primary }];
  }
  if (change.kind !== "create-table") return [];
  const key = change.table.constraints.find((constraint) => constraint.type === "primary-key")?.columns ?? [];
  return change.table.columns.map((column) => ({
    relation: change.relation,
    column,
    change,
    primary: key.includes(column.name)
  }));
});

// src/rules/char-column.ts
var char_column_default = defineRule({
  id: "char-column",
  summary: "A char(n) column.",
  category: "style",
  severity: "off",
  why: "char(n) pads every value with spaces, and shortens nothing. text with a check says the same and can be changed without a rewrite.",
  aliases: ["ban-char-field", "banCharField"],
  examples: [
    {
      given: "",
      bad: "create table orders (id bigint primary key, code char(3));",
      good: ["create table orders (id bigint primary key, code text);"]
    }
  ],
  *check(step) {
    for (const { relation, column, change } of newColumns(step)) {
      if (column.type.name !== "bpchar") continue;
      yield {
        message: `${nameOf(relation)}.${column.name} is char(n).`,
        remedy: { text: "Write text, with a check on its length.", steps: [] },
        evidence: [change]
      };
    }
  }
});

// src/rules/concurrent-index-if-not-exists.ts
var concurrent_index_if_not_exists_default = defineRule({
  id: "concurrent-index-if-not-exists",
  summary: "IF NOT EXISTS takes the invalid index of a failed concurrent build for the real one.",
  category: "failure",
  severity: "notice",
  why: `
A concurrent build that fails or is cancelled leaves an index that is marked invalid: it slows writes and answers no query.
Run again, \`IF NOT EXISTS\` finds it and reports success. Dropping it first makes the migration safe to repeat.`,
  aliases: ["concurrent-index-if-not-exists-trap"],
  examples: [
    {
      given: "create table orders (id bigint primary key, status text);",
      bad: "-- migration-gate: transaction per-statement\ncreate index concurrently if not exists orders_status on orders (status);",
      good: [
        "-- migration-gate: transaction per-statement\ndrop index concurrently if exists orders_status;\ncreate index concurrently orders_status on orders (status);"
      ],
      transaction: "per-statement"
    }
  ],
  *check(step) {
    const node = as(step.statement.node, "IndexStmt");
    if (!node?.concurrent || !node.if_not_exists) return;
    for (const change of step.changes) {
      if (change.kind !== "create-index" || !isVisible(change.relation)) continue;
      const name = quoteRelation({ schema: change.relation.schema, name: change.index.name });
      yield {
        message: `When a build of ${quote(change.index.name)} on ${nameOf(change.relation)} has failed before, IF NOT EXISTS keeps its invalid remains and reports success.`,
        remedy: {
          text: "Drop the remains of an earlier attempt first.",
          steps: [outside(step, "Before the build", `DROP INDEX CONCURRENTLY IF EXISTS ${name}`)]
        },
        evidence: [change]
      };
    }
  }
});

// src/rules/concurrent-index-in-transaction.ts
var isConcurrent = (change) => change !== null && "concurrently" in change && change.concurrently;
var concurrent_index_in_transaction_default = defineRule({
  id: "concurrent-index-in-transaction",
  summary: "CONCURRENTLY runs inside a transaction, where Postgres refuses it.",
  category: "failure",
  severity: "error",
  why: `
\`CREATE INDEX CONCURRENTLY\`, \`DROP INDEX CONCURRENTLY\`, \`REINDEX CONCURRENTLY\` and \`DETACH PARTITION … CONCURRENTLY\`
commit several times while they work, and fail with 25001 inside a transaction: the tool's own, one that the file begins,
or the implicit one of a message with several statements.`,
  aliases: [
    "ban-concurrent-index-creation-in-transaction",
    "concurrently-in-transaction",
    "banConcurrentIndexCreationInTransaction"
  ],
  examples: [
    {
      given: "create table orders (id bigint primary key, status text);",
      bad: "create index concurrently orders_status on orders (status);",
      good: [
        "-- migration-gate: transaction per-statement\ncreate index concurrently orders_status on orders (status);"
      ]
    }
  ],
  *check(step) {
    const fail2 = step.costs.find((cost) => cost.kind === "fail" && cost.sqlstate === "25001" && isConcurrent(cost.cause));
    if (fail2?.kind !== "fail") return;
    const { explicit, implicit } = step.transaction;
    const where2 = explicit ? "the transaction that the file begins" : implicit ? `the implicit transaction in which ${step.migration.framework} sends the file` : `the transaction in which ${step.migration.framework} runs the file`;
    yield {
      message: `The statement fails: ${fail2.message}, and it runs in ${where2}.`,
      remedy: {
        text: `Move it into a migration of its own that runs outside a transaction.${howOutside(step)}`,
        steps: [outside(step, "A migration of its own", step.statement.sql)]
      },
      evidence: [fail2]
    };
  }
});

// src/rules/constrained-domain-column.ts
var constrained_domain_column_default = defineRule({
  id: "constrained-domain-column",
  summary: "A new column of a domain with constraints rewrites the table.",
  category: "locks",
  severity: "error",
  why: `
A column of a domain that carries a \`CHECK\` or \`NOT NULL\` is checked row by row as it is added, even when every value is
null: the whole table is written anew under \`ACCESS EXCLUSIVE\`. The base type with a \`NOT VALID\` check on the table is
added in a moment.`,
  examples: [
    {
      given: "create domain email as text check (value like '%@%'); create table users (id bigint primary key);",
      bad: "alter table users add column address email;",
      good: [
        "alter table users add column address text; alter table users add constraint address_email check (address like '%@%') not valid;",
        "alter table users validate constraint address_email;"
      ]
    }
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== "add-column" || change.column.serial || change.column.identity || change.column.generated)
        continue;
      const domain2 = step.before.types.get(keyOf(change.column.type));
      if (domain2?.kind !== "domain") continue;
      const found = blockingWork(step, costsOf(step, change));
      if (!found?.work.some((cost) => cost.kind === "rewrite")) continue;
      yield {
        message: `The constraints of the domain ${domain2.name} are checked for ${change.column.name} by rewriting every row of ${nameOf(found.relation)} under ${found.under}.${found.doubt}`,
        remedy: {
          text: `Add ${change.column.name} with the base type of ${domain2.name}, put the check on the table as NOT VALID, and validate it in a later migration.`,
          steps: []
        },
        evidence: [change, ...found.evidence],
        ...found.severity
      };
    }
  }
});

// src/rules/shared/alter.ts
var alter = (relation, clause) => `ALTER TABLE ${quoteRelation(relation)} ${clause}`;
var commands = (step) => all(as(step.statement.node, "AlterTableStmt")?.cmds, "AlterTableCmd");
function constraintNode(step, change) {
  const { constraint } = change;
  const written2 = commands(step).flatMap((cmd) => {
    const own = as(cmd.def, "Constraint");
    const column2 = as(cmd.def, "ColumnDef");
    return own ? [{ node: own, column: null }] : all(column2?.constraints, "Constraint").map((node2) => ({ node: node2, column: column2?.colname ?? null }));
  });
  const found = written2.find(({ node: node2 }) => node2.conname === constraint.name) ?? written2.find(
    ({ node: node2, column: column2 }) => node2.conname === void 0 && node2.contype === TYPES[constraint.type] && (column2 === null ? constraint.type === "check" || constraint.type === "exclude" || String(strings([...node2.keys ?? [], ...node2.fk_attrs ?? []])) === String(constraint.columns) : String(constraint.columns) === column2)
  );
  if (!found) return null;
  const { node, column } = found;
  if (column === null) return node;
  const keys = [{ String: { sval: column } }];
  return constraint.type === "foreign-key" ? { ...node, fk_attrs: keys } : constraint.type === "check" ? node : { ...node, keys };
}
var TYPES = {
  check: "CONSTR_CHECK",
  "foreign-key": "CONSTR_FOREIGN",
  unique: "CONSTR_UNIQUE",
  "primary-key": "CONSTR_PRIMARY",
  exclude: "CONSTR_EXCLUSION",
  "not-null": "CONSTR_NOTNULL"
};
function addNotValid(step, change) {
  const node = constraintNode(step, change);
  return node && alterOne(step, {
    Constraint: { ...node, initially_valid: false, conname: change.constraint.name, skip_validation: true }
  });
}
function alterOne(step, def) {
  const statement2 = as(step.statement.node, "AlterTableStmt");
  if (!statement2) return null;
  const command = { AlterTableCmd: { subtype: "AT_AddConstraint", def, behavior: "DROP_RESTRICT" } };
  return deparse({ AlterTableStmt: { ...statement2, cmds: [command] } });
}
var validate = (relation, constraint) => alter(relation, `VALIDATE CONSTRAINT ${quote(constraint)}`);
var columnNode = (step, column) => commands(step).map((cmd) => as(cmd.def, "ColumnDef")).find((def) => def?.colname === column) ?? null;
function addColumn(step, column, keep) {
  const statement2 = as(step.statement.node, "AlterTableStmt");
  const command = commands(step).find((cmd) => as(cmd.def, "ColumnDef")?.colname === column);
  const def = as(command?.def, "ColumnDef");
  if (!statement2 || !command || !def) return null;
  const constraints3 = (def.constraints ?? []).filter((node) => keep(as(node, "Constraint")?.contype));
  const changed = { ColumnDef: { ...def, constraints: constraints3 } };
  return deparse({
    AlterTableStmt: { ...statement2, cmds: [{ AlterTableCmd: { ...command, def: changed } }] }
  });
}
function expression(node) {
  if (!node) return null;
  const select = deparse({
    SelectStmt: { targetList: [{ ResTarget: { val: node } }], limitOption: "LIMIT_OPTION_DEFAULT", op: "SETOP_NONE" }
  });
  return select?.replace(/^SELECT\s+/i, "") ?? null;
}
function typeSql(type) {
  return type ? deparse({ TypeName: type }) : null;
}

// src/rules/constraint-index-build.ts
var WORDS = { unique: "unique constraint", "primary-key": "primary key", exclude: "exclusion constraint" };
var isKeyed = (type) => type in WORDS;
function remedyFor2(step, change) {
  const { relation, constraint, inline: inline2 } = change;
  if (constraint.type === "exclude")
    return {
      text: "Postgres cannot build an exclusion constraint concurrently. Create the table anew with the constraint and move the rows over, or add it in a maintenance window with a lock_timeout.",
      steps: []
    };
  const node = constraintNode(step, change);
  const columns3 = constraint.columns.map(quote).join(", ");
  const including = (node?.including ?? []).map((key) => quote(as(key, "String")?.sval ?? "")).join(", ");
  const nulls = node?.nulls_not_distinct === true ? " NULLS NOT DISTINCT" : "";
  const covering = including === "" ? "" : ` INCLUDE (${including})`;
  const what2 = constraint.type === "unique" ? "UNIQUE" : "PRIMARY KEY";
  const column = constraint.columns[0] ?? "";
  const added2 = inline2 ? addColumn(step, column, (type) => type !== "CONSTR_UNIQUE" && type !== "CONSTR_PRIMARY") : null;
  const table2 = step.before.relations.get(keyOf(relation));
  const nullable = constraint.type === "primary-key" ? constraint.columns.filter((name) => table2?.columns.some((known2) => known2.name === name && !known2.notNull)) : [];
  const proofs = nullable.flatMap((name) => {
    const proof = quote(`${relation.name}_${name}_set`);
    return [
      migration(
        `Require ${name} of new rows`,
        alter(relation, `ADD CONSTRAINT ${proof} CHECK (${quote(name)} IS NOT NULL) NOT VALID`)
      ),
      migration(`Prove it of the old rows`, alter(relation, `VALIDATE CONSTRAINT ${proof}`))
    ];
  });
  return {
    text: `Build a unique index CONCURRENTLY, then let the constraint take it over, which takes a moment.${howOutside(step)}`,
    steps: [
      ...added2 === null ? [] : [migration("Add the column", added2)],
      ...proofs,
      outside(
        step,
        "Build the index",
        `CREATE UNIQUE INDEX CONCURRENTLY ${quote(constraint.name)} ON ${quoteRelation(relation)} (${columns3})${covering}${nulls}`
      ),
      migration(
        "Add the constraint",
        alter(relation, `ADD CONSTRAINT ${quote(constraint.name)} ${what2} USING INDEX ${quote(constraint.name)}`)
      )
    ]
  };
}
var constraint_index_build_default = defineRule({
  id: "constraint-index-build",
  summary: "A unique, primary key or exclusion constraint builds its index while the table is locked.",
  category: "locks",
  severity: "error",
  why: `
\`ADD CONSTRAINT … UNIQUE\`, \`PRIMARY KEY\` and \`EXCLUDE\` build an index under \`ACCESS EXCLUSIVE\`: nobody can even read the
table until it is done. A unique index that was built \`CONCURRENTLY\` can become the constraint in a moment with
\`USING INDEX\`. A primary key needs its columns to be \`NOT NULL\` first, or reads the table once more to see it.`,
  aliases: [
    "disallowed-unique-constraint",
    "adding-primary-key-constraint",
    "add-constraint-unique",
    "add-pk-without-using-index"
  ],
  examples: [
    {
      given: "create table users (id bigint primary key, email text);",
      bad: "alter table users add constraint users_email_key unique (email);",
      good: [
        "-- migration-gate: transaction per-statement\ncreate unique index concurrently users_email_key on users (email);",
        "alter table users add constraint users_email_key unique using index users_email_key;"
      ]
    },
    { given: "create table orders (id bigint);", bad: "alter table orders add primary key (id);", good: null },
    {
      given: "create table orders (id bigint primary key);",
      bad: "alter table orders add column code text unique;",
      good: null
    }
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== "add-constraint" || !isKeyed(change.constraint.type) || change.constraint.usingIndex !== null)
        continue;
      const found = blockingWork(step, costsOf(step, change));
      if (!found) continue;
      yield {
        message: `The ${WORDS[change.constraint.type]} ${change.constraint.name} builds its index on ${nameOf(change.relation)} under ${found.under}.${found.doubt}`,
        remedy: remedyFor2(step, change),
        evidence: [change, ...found.evidence],
        ...found.severity
      };
    }
  }
});

// src/rules/disabled-safeguard.ts
var what = (change) => {
  if (change.kind === "enable-trigger" && !change.enabled)
    return change.trigger === "all" || change.trigger === "user" ? `the triggers (${change.trigger})` : `the trigger ${change.trigger}`;
  if (change.kind === "set-row-security" && change.enabled === false) return "row level security";
  return null;
};
var disabled_safeguard_default = defineRule({
  id: "disabled-safeguard",
  summary: "Triggers or row level security are switched off.",
  category: "data",
  severity: "warning",
  why: `
\`DISABLE TRIGGER ALL\` switches the checks of foreign keys off as well, for every session, until they are enabled again:
rows that break them are never found. Without row level security every role with a grant reads every row.`,
  aliases: ["disable-trigger", "disable-rls", "rlsDisabled"],
  examples: [
    {
      given: "create table users (id bigint primary key);",
      bad: "alter table users disable trigger all;",
      good: null
    },
    {
      given: "create table users (id bigint primary key);",
      bad: "alter table users disable row level security;",
      good: null
    }
  ],
  *check(step) {
    for (const change of step.changes) {
      const off = what(change);
      if (off === null || !("relation" in change) || !isVisible(change.relation)) continue;
      yield {
        message: `The statement leaves ${off} of ${nameOf(change.relation)} switched off for every session.`,
        remedy: { text: "Leave it on; for a backfill set session_replication_role for that session alone.", steps: [] },
        evidence: [change, ...costsOf(step, change)]
      };
    }
  }
});

// src/rules/domain-constraint-scan.ts
var domain_constraint_scan_default = defineRule({
  id: "domain-constraint-scan",
  summary: "A new constraint on a domain reads every table that uses it while writes wait.",
  category: "locks",
  severity: "error",
  why: `
\`ALTER DOMAIN … ADD CONSTRAINT\` and \`SET NOT NULL\` read every row of every table with a column of the domain, and hold a
lock on each that makes writes wait. \`NOT VALID\` leaves the old rows out.`,
  aliases: ["ban-alter-domain-with-add-constraint"],
  examples: [
    {
      given: "create domain email as text; create table users (id bigint primary key, address email);",
      bad: "alter domain email add constraint has_at check (value like '%@%');",
      good: ["alter domain email add constraint has_at check (value like '%@%') not valid;"]
    }
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== "add-domain-constraint") continue;
      const found = blockingWork(step, costsOf(step, change));
      if (!found) continue;
      const tables4 = [...new Set(found.work.map((cost) => nameOf(cost.relation)))];
      const node = as(step.statement.node, "AlterDomainStmt");
      const constraint = as(node?.def, "Constraint");
      const add2 = node && constraint && !change.notNull ? deparse({
        AlterDomainStmt: {
          ...node,
          def: {
            Constraint: { ...constraint, conname: change.name, skip_validation: true, initially_valid: false }
          }
        }
      }) : null;
      yield {
        message: `The constraint ${change.name} on the domain ${change.key} reads every row of ${tables4.join(", ")} under ${found.under}.${found.doubt}`,
        remedy: {
          text: "Add the constraint NOT VALID, which holds for new values, and validate it when the tables are quiet: VALIDATE reads them under a lock that makes writes wait.",
          steps: add2 === null ? [] : [migration("Add it for new values", add2)]
        },
        evidence: [change, ...found.evidence],
        ...found.severity
      };
    }
  }
});

// src/rules/dropped-column.ts
var dropped_column_default = defineRule({
  id: "dropped-column",
  summary: "A column is dropped: its values are lost, and code that names it fails.",
  category: "data-loss",
  severity: "error",
  why: `
The values cannot be brought back except from a backup, and the version of the application that still runs during the
deploy fails on every query that names the column, \`SELECT *\` of an ORM included. Drop a column one deploy after the
last code that knows it.`,
  aliases: ["ban-drop-column", "drop-column", "banDropColumn"],
  examples: [
    {
      given: "create table users (id bigint primary key, email text);",
      bad: "alter table users drop column email;",
      good: null
    }
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== "drop-column" || !isVisible(change.relation)) continue;
      const { relation, column } = change;
      const name = quote(column);
      const required = step.before.relations.get(keyOf(relation))?.columns.some((known2) => known2.name === column && known2.notNull && !known2.default);
      yield {
        message: `Dropping ${column} loses its values in ${nameOf(relation)}, and code that still names it fails at once.`,
        remedy: {
          text: `Deploy code that no longer reads or writes ${column} first, and drop it in the deploy after that. Then allow this rule here, with that as the reason.`,
          steps: [
            ...required ? [
              migration(
                "With the code that stops writing it",
                alter(relation, `ALTER COLUMN ${name} DROP NOT NULL`)
              )
            ] : [],
            migration("One deploy after the last code that names it", alter(relation, `DROP COLUMN ${name}`))
          ]
        },
        evidence: [change, ...costsOf(step, change)]
      };
    }
  }
});

// src/rules/dropped-constraint.ts
var WORDS2 = { unique: "unique constraint", "primary-key": "primary key" };
var dropped_constraint_default = defineRule({
  id: "dropped-constraint",
  summary: "A unique constraint or primary key is dropped, and its index with it.",
  category: "data",
  severity: "off",
  why: "Queries that used the index read the whole table from now on, ON CONFLICT on its columns fails, and duplicates that come in meanwhile stand in the way of putting it back.",
  aliases: ["drop-constraint", "ban-drop-constraint", "drop-primary-key"],
  examples: [
    {
      given: "create table users (id bigint primary key, email text constraint users_email_key unique);",
      bad: "alter table users drop constraint users_email_key;",
      good: null
    }
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== "drop-constraint" || !isVisible(change.relation)) continue;
      const type = step.before.relations.get(keyOf(change.relation))?.constraints.find((c) => c.name === change.constraint)?.type;
      if (type !== "unique" && type !== "primary-key") continue;
      yield {
        message: `Dropping the ${WORDS2[type]} ${change.constraint} of ${nameOf(change.relation)} drops its index too.`,
        evidence: [change, ...costsOf(step, change)]
      };
    }
  }
});

// src/rules/dropped-database.ts
var dropped_database_default = defineRule({
  id: "dropped-database",
  summary: "A whole database or schema is dropped.",
  category: "data-loss",
  severity: "error",
  why: `
\`DROP DATABASE\` and \`DROP SCHEMA … CASCADE\` lose every table inside at once, those included that no migration knows.`,
  aliases: ["ban-drop-database", "drop-database", "banDropDatabase", "drop-schema"],
  examples: [
    {
      given: "create schema billing; create table billing.invoices (id bigint primary key);",
      bad: "drop schema billing cascade;",
      good: null
    }
  ],
  *check(step) {
    for (const change of step.changes) {
      const what2 = change.kind === "drop-database" ? `database ${change.name}` : change.kind === "drop-schema" && change.cascade && existed(step.before.schemas.get(change.schema)) ? `schema ${change.schema}` : null;
      if (what2 === null) continue;
      yield {
        message: `Dropping the ${what2} loses every table in it.`,
        remedy: {
          text: "Drop the tables one by one after the last code that names them, and the schema without CASCADE when it is empty.",
          steps: []
        },
        evidence: [change, ...step.costs.filter((cost) => cost.cause === change)]
      };
    }
  }
});
var existed = (age) => age !== "this-pr" && age !== "this-transaction";

// src/rules/dropped-not-null.ts
var dropped_not_null_default = defineRule({
  id: "dropped-not-null",
  summary: "A column may hold nulls from now on.",
  category: "compatibility",
  severity: "notice",
  why: "Code that reads the column and has never met a null fails on the first. Putting NOT NULL back later means proving it of every row.",
  aliases: ["ban-drop-not-null", "drop-not-null", "banDropNotNull"],
  examples: [
    {
      given: "create table users (id bigint primary key, email text not null);",
      bad: "alter table users alter email drop not null;",
      good: null
    }
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== "drop-not-null" || !isVisible(change.relation)) continue;
      yield {
        message: `${nameOf(change.relation)}.${change.column} may hold nulls from now on, which running code may not expect.`,
        evidence: [change, ...costsOf(step, change)]
      };
    }
  }
});

// src/rules/dropped-table.ts
var dropped_table_default = defineRule({
  id: "dropped-table",
  summary: "A table is dropped: its rows are lost, and code that names it fails.",
  category: "data-loss",
  severity: "error",
  why: `
The rows cannot be brought back except from a backup, and the running version of the application fails on every query
that names the table. The drop also takes \`ACCESS EXCLUSIVE\` on the tables that its foreign keys reference.`,
  aliases: ["ban-drop-table", "drop-table", "banDropTable"],
  examples: [{ given: "create table users (id bigint primary key);", bad: "drop table users;", good: null }],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== "drop-relation" || !isVisible(change.relation)) continue;
      const { relation } = change;
      if (relation.kind !== "table" && relation.kind !== "partitioned-table" && relation.kind !== "foreign-table")
        continue;
      const kept = quote(`${relation.name}_dropped`);
      yield {
        message: `Dropping ${nameOf(relation)} loses all its rows, and code that still names it fails at once.`,
        remedy: {
          text: "Deploy code that no longer names the table first. Take it out of sight under another name for a while, so that a mistake can be undone, and drop it after that; then allow this rule here, with that as the reason.",
          steps: [
            migration("One deploy after the last code that names it", alter(relation, `RENAME TO ${kept}`)),
            migration(
              "When nobody has missed it",
              `DROP TABLE ${quoteRelation({ schema: relation.schema, name: `${relation.name}_dropped` })}`
            )
          ]
        },
        evidence: [change, ...costsOf(step, change)]
      };
    }
  }
});

// src/rules/enum-value-used-in-same-transaction.ts
var added = (step) => step.earlier.flatMap(
  (earlier) => earlier.changes.flatMap((change) => {
    if (change.kind !== "add-enum-value" || change.exists) return [];
    const type = step.before.types.get(change.key);
    return type?.age === "this-transaction" ? [] : [{ label: change.label, key: change.key, change }];
  })
);
var enum_value_used_in_same_transaction_default = defineRule({
  id: "enum-value-used-in-same-transaction",
  summary: "A new enum value is used before the transaction that adds it has committed.",
  category: "failure",
  severity: "error",
  why: `
A value that \`ALTER TYPE … ADD VALUE\` adds cannot be used until it is committed (55P04): not in a default, a check, an
insert or an update of the same transaction. A type that the same transaction creates is exempt.`,
  aliases: ["enum-value-use-in-same-transaction", "add-enum-value-in-transaction"],
  examples: [
    {
      given: "create type state as enum ('new'); create table orders (id bigint primary key, state state);",
      bad: "alter type state add value 'paid'; update orders set state = 'paid' where id = 1;",
      good: ["alter type state add value 'paid';", "update orders set state = 'paid' where id = 1;"]
    }
  ],
  *check(step) {
    const labels = added(step);
    if (labels.length === 0 || step.statement.node === null) return;
    const fail2 = step.costs.find((cost) => cost.kind === "fail" && cost.sqlstate === "55P04");
    const used = /* @__PURE__ */ new Set();
    if (!step.changes.some((change) => change.kind === "add-enum-value" || change.kind === "rename-enum-value"))
      walk2(step.statement.node, (tag, body) => {
        const text = tag === "A_Const" ? body.sval?.sval : void 0;
        if (text !== void 0) used.add(text);
        return tag !== "CommentStmt";
      });
    const found = labels.find(({ label: label2 }) => used.has(label2));
    if (!found && !fail2) return;
    const { label = "", key = "the type" } = found ?? labels[0] ?? {};
    const [schema = "", name = ""] = key.split(".");
    const type = schema === "public" ? quote(name) : `${quote(schema)}.${quote(name)}`;
    yield {
      message: `'${label}' was added to ${key} in this transaction and cannot be used before its commit: the statement fails with 55P04.`,
      remedy: {
        text: "Add the value in a migration of its own, and use it in the next.",
        steps: [
          migration("Add the value", `ALTER TYPE ${type} ADD VALUE '${label.replaceAll("'", "''")}'`),
          migration("Use it", step.statement.sql)
        ]
      },
      evidence: [...found ? [found.change] : [], ...fail2 ? [fail2] : []],
      ...fail2 ? {} : { severity: "warning" }
    };
  }
});

// src/rules/failing-statement.ts
var failing_statement_default = defineRule({
  id: "failing-statement",
  summary: "Postgres refuses the statement, whatever the rows.",
  category: "failure",
  severity: "error",
  general: true,
  why: "The migration stops here with an error: a statement that a transaction does not admit, or one that the kind of table does not admit.",
  examples: [
    {
      given: "create table orders (id bigint primary key);",
      bad: "vacuum orders;",
      good: ["-- migration-gate: transaction per-statement\nvacuum orders;"]
    },
    {
      given: "create table events (id bigint, day date not null) partition by range (day);",
      bad: "-- migration-gate: transaction per-statement\ncreate index concurrently events_id on events (id);",
      good: ["create index events_id on only events (id);"],
      transaction: "per-statement"
    }
  ],
  *check(step) {
    for (const cost of step.costs) {
      if (cost.kind !== "fail") continue;
      const outside2 = cost.sqlstate === "25001";
      yield {
        message: `The statement fails with ${cost.sqlstate}: ${cost.message}.${cost.certainty === "may" && cost.because !== void 0 ? ` This is not certain: ${cost.because}.` : ""}`,
        ...outside2 ? {
          remedy: {
            text: `Run it outside a transaction, in a migration of its own.${howOutside(step)}`,
            steps: []
          }
        } : {},
        evidence: [cost],
        ...cost.certainty === "may" ? { severity: "warning" } : {}
      };
    }
  }
});

// src/rules/shared/missing-index.ts
function missingIndex(step, { relation, constraint }) {
  const table2 = step.after.relations.get(keyOf(relation));
  if (!table2?.complete || constraint.columns.length === 0) return null;
  const { columns: columns3 } = constraint;
  const covered2 = table2.indexes.some(
    (index) => !index.partial && columns3.every((column) => index.columns.slice(0, columns3.length).includes(column))
  );
  if (covered2) return null;
  const name = quote(`${relation.name}_${columns3.join("_")}_idx`);
  return `CREATE INDEX CONCURRENTLY ${name} ON ${quoteRelation(relation)} (${columns3.map(quote).join(", ")})`;
}

// src/rules/foreign-key-without-index.ts
var foreign_key_without_index_default = defineRule({
  id: "foreign-key-without-index",
  summary: "The columns of a foreign key have no index.",
  category: "schema",
  severity: "notice",
  why: `
Every delete of a referenced row, and every change of its key, looks for rows that reference it. Without an index on the
referencing columns it reads the whole table each time.`,
  aliases: ["fk-without-index", "require-fk-index", "foreign-key-index"],
  examples: [
    {
      given: "create table users (id bigint primary key); create table orders (id bigint primary key, user_id bigint);",
      bad: "alter table orders add constraint orders_user foreign key (user_id) references users (id) not valid;",
      good: [
        "-- migration-gate: transaction per-statement\ncreate index concurrently orders_user_id on orders (user_id);",
        "alter table orders add constraint orders_user foreign key (user_id) references users (id) not valid;"
      ]
    }
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== "add-constraint" || change.constraint.type !== "foreign-key" || !isVisible(change.relation))
        continue;
      const { relation, constraint } = change;
      if (costsOf(step, change).some((cost) => cost.kind === "scan")) continue;
      const create2 = missingIndex(step, change);
      if (create2 === null) continue;
      yield {
        message: `No index of ${nameOf(relation)} begins with ${constraint.columns.join(", ")}: each delete of a referenced row reads the whole table.`,
        remedy: {
          text: `Build one CONCURRENTLY.${howOutside(step)}`,
          steps: [outside(step, "Build the index", create2)]
        },
        evidence: [change]
      };
    }
  }
});

// src/rules/identifier-too-long.ts
var NAMES = /* @__PURE__ */ new Set(["relname", "colname", "conname", "idxname", "newname", "trigname", "policy_name"]);
var identifier_too_long_default = defineRule({
  id: "identifier-too-long",
  summary: "A name is longer than the 63 bytes that Postgres keeps.",
  category: "style",
  severity: "off",
  why: "Postgres cuts the name off with no more than a notice: code that asks for the whole name does not find it, and two long names may become one.",
  aliases: ["identifier-too-long"],
  examples: [
    {
      given: "create table orders (id bigint primary key);",
      bad: "create table this_name_of_a_table_is_by_far_too_long_for_the_catalog_of_postgres (id bigint primary key);",
      good: ["create table this_name_fits (id bigint primary key);"]
    }
  ],
  *check(step) {
    if (!/[^\s"'().,;]{64}/.test(step.statement.sql)) return;
    const text = step.statement.sql.toLowerCase();
    const long = /* @__PURE__ */ new Set();
    const see = (node) => {
      if (node === null || typeof node !== "object") return;
      for (const [key, value] of Object.entries(node)) {
        if (typeof value !== "string") see(value);
        else if (NAMES.has(key) && Buffer.byteLength(value) > 59 && goesOn(text, value)) long.add(value);
      }
    };
    see(step.statement.node);
    for (const name of long)
      yield { message: `A name is longer than 63 bytes and becomes ${name}.`, evidence: step.changes };
  }
});
var goesOn = (text, name) => {
  const at = text.indexOf(name.toLowerCase());
  return at >= 0 && /^[\w$]/.test(text.slice(at + name.length));
};

// src/rules/integer-primary-key.ts
var integer_primary_key_default = defineRule({
  id: "integer-primary-key",
  summary: "An integer primary key ends at 2,147,483,647.",
  category: "style",
  severity: "off",
  why: "The day the numbers run out every insert fails, and widening the column rewrites the table and every table that references it.",
  aliases: ["prefer-bigint-over-int", "prefer-bigint-primary-key", "preferBigInt"],
  examples: [
    {
      given: "",
      bad: "create table orders (id integer primary key);",
      good: ["create table orders (id bigint primary key);"]
    }
  ],
  *check(step) {
    for (const { relation, column, change, primary } of newColumns(step)) {
      if (!primary || column.type.name !== "int4" && column.type.name !== "int2") continue;
      yield {
        message: `The primary key ${nameOf(relation)}.${column.name} is an integer.`,
        remedy: { text: "Write bigint.", steps: [] },
        evidence: [change]
      };
    }
  }
});

// src/rules/json-column.ts
var json_column_default = defineRule({
  id: "json-column",
  summary: "A json column instead of jsonb.",
  category: "style",
  severity: "off",
  why: "json is kept as text: it has no equality, so that DISTINCT and UNION fail, and is parsed anew by every query.",
  aliases: ["json-column", "preferJsonb"],
  examples: [
    {
      given: "",
      bad: "create table orders (id bigint primary key, details json);",
      good: ["create table orders (id bigint primary key, details jsonb);"]
    }
  ],
  *check(step) {
    for (const { relation, column, change } of newColumns(step)) {
      if (column.type.name !== "json") continue;
      yield {
        message: `${nameOf(relation)}.${column.name} is json.`,
        remedy: { text: "Write jsonb.", steps: [] },
        evidence: [change]
      };
    }
  }
});

// src/rules/lock-without-timeout.ts
var locks = (step) => step.costs.filter((cost) => cost.kind === "lock").filter((cost) => blocksReads(cost.mode) && isVisible(cost.relation));
var hasTimeout = (step) => parseInt(step.settings.get("lock_timeout") ?? "0") > 0;
var lock_without_timeout_default = defineRule({
  id: "lock-without-timeout",
  summary: "ACCESS EXCLUSIVE is awaited without lock_timeout.",
  category: "hygiene",
  severity: "warning",
  general: true,
  once: true,
  why: `
While a statement queues for its lock behind one long query, every later query on the table queues behind the statement:
a lock that is held for a millisecond stops the application for minutes. With \`lock_timeout\` the statement gives up, and
the migration can be tried again. One finding per transaction, on the first lock, unless that
has another finding already.`,
  aliases: ["require-timeout-settings", "missing-lock-timeout", "lockTimeoutWarning"],
  examples: [
    {
      given: "create table users (id bigint primary key);",
      bad: "alter table users add column email text;",
      good: ["set local lock_timeout = '2s'; alter table users add column email text;"]
    }
  ],
  *check(step, cited) {
    if (hasTimeout(step)) return;
    const [first] = locks(step);
    if (!first || locks(step).some((lock2) => cited.has(lock2))) return;
    if (step.earlier.some((earlier) => !hasTimeout(earlier) && locks(earlier).length > 0)) return;
    const local = step.transaction.block ? "SET LOCAL" : "SET";
    yield {
      message: `Waits for ${first.mode} on ${nameOf(first.relation)} for as long as it takes, and every later query on it queues behind.`,
      remedy: {
        text: "Give up after a few seconds and try again: set the timeout before the first statement of the file.",
        steps: [{ title: "At the top of the file", sql: `${local} lock_timeout = '5s';` }]
      },
      evidence: [first]
    };
  }
});

// src/rules/missing-if-exists.ts
var missing_if_exists_default = defineRule({
  id: "missing-if-exists",
  summary: "A statement outside a transaction fails when it is run again.",
  category: "style",
  severity: "off",
  why: "Outside a transaction a migration that fails half way leaves its first half behind, and its statements fail when the tool tries again.",
  aliases: ["prefer-robust-stmts", "missing-if-exists-guard", "preferRobustStmts"],
  examples: [
    {
      given: "",
      bad: "create table orders (id bigint primary key);",
      good: ["create table if not exists orders (id bigint primary key);"],
      transaction: "per-statement"
    }
  ],
  *check(step) {
    if (step.transaction.block || step.statement.node === null) return;
    const { node } = step.statement;
    const create2 = as(node, "CreateStmt") ?? as(node, "IndexStmt");
    const drop2 = as(node, "DropStmt");
    const added2 = all(as(node, "AlterTableStmt")?.cmds, "AlterTableCmd").some(
      (cmd) => (cmd.subtype === "AT_AddColumn" || cmd.subtype === "AT_DropColumn") && !cmd.missing_ok
    );
    if (!(create2 && !create2.if_not_exists || drop2 && !drop2.missing_ok || added2)) return;
    yield {
      message: "The statement fails when it is run a second time after a migration that failed half way.",
      remedy: { text: drop2 ? "Write IF EXISTS." : "Write IF NOT EXISTS (or IF EXISTS for a drop).", steps: [] },
      evidence: step.changes
    };
  }
});

// src/rules/missing-primary-key.ts
var missing_primary_key_default = defineRule({
  id: "missing-primary-key",
  summary: "A table without a primary key.",
  category: "style",
  severity: "off",
  why: "Logical replication refuses updates and deletes on it, batches have nothing to go by, and two equal rows cannot be told apart.",
  aliases: ["require-primary-key", "requirePrimaryKey"],
  examples: [
    {
      given: "",
      bad: "create table orders (total int);",
      good: ["create table orders (id bigint primary key, total int);"]
    }
  ],
  *check(step) {
    if (!as(step.statement.node, "CreateStmt")) return;
    for (const change of step.changes) {
      if (change.kind !== "create-table" || change.table.persistence === "temporary" || change.relation.kind === "foreign-table")
        continue;
      const { constraints: constraints3, partitionOf: partitionOf2, inherits } = change.table;
      if (partitionOf2 || inherits.length > 0 || constraints3.some((constraint) => constraint.type === "primary-key"))
        continue;
      yield {
        message: `${nameOf(change.relation)} has no primary key.`,
        remedy: { text: "Add one; an identity column will do.", steps: [] },
        evidence: [change]
      };
    }
  }
});

// src/rules/missing-statement-timeout.ts
var missing_statement_timeout_default = defineRule({
  id: "missing-statement-timeout",
  summary: "A blocking statement runs without statement_timeout.",
  category: "style",
  severity: "off",
  why: "lock_timeout bounds the wait for the lock, statement_timeout the time for which it is held by a statement that takes longer than thought.",
  aliases: ["missing-statement-timeout"],
  examples: [
    {
      given: "create table users (id bigint primary key);",
      bad: "set local lock_timeout = '2s'; alter table users add column email text;",
      good: [
        "set local lock_timeout = '2s'; set local statement_timeout = '10s'; alter table users add column email text;"
      ]
    }
  ],
  *check(step) {
    if (parseInt(step.settings.get("statement_timeout") ?? "0") > 0) return;
    const lock2 = step.costs.find((cost) => cost.kind === "lock" && blocksWrites(cost.mode) && isVisible(cost.relation));
    if (lock2?.kind !== "lock") return;
    yield {
      message: `${lock2.mode} on ${nameOf(lock2.relation)} is held for as long as the statement takes.`,
      remedy: {
        text: "Set statement_timeout before it.",
        steps: [{ title: "At the top of the file", sql: "SET statement_timeout = '30s';" }]
      },
      evidence: [lock2]
    };
  }
});

// src/rules/nested-transaction.ts
var nested_transaction_default = defineRule({
  id: "nested-transaction",
  summary: "The file begins or ends a transaction inside the one that the tool has opened.",
  category: "hygiene",
  severity: "warning",
  why: `
Postgres has no nested transactions: a second \`BEGIN\` only warns, and a \`COMMIT\` ends the tool's own transaction. What
follows runs outside any, and the tool may record a migration that half failed.`,
  aliases: ["transaction-nesting", "transactionNesting", "nested-transaction"],
  examples: [
    {
      given: "create table users (id bigint primary key);",
      bad: "set local lock_timeout = '2s'; commit;",
      good: ["set local lock_timeout = '2s'; alter table users add column email text;"]
    }
  ],
  *check(step) {
    const { block: block2, implicit, explicit } = step.transaction;
    if (!block2 || implicit) return;
    for (const change of step.changes) {
      if (change.kind !== "transaction") continue;
      const begins = change.verb === "begin";
      if (!begins && (explicit || change.verb !== "commit" && change.verb !== "rollback")) continue;
      if (step.earlier.some((earlier) => earlier.changes.some((other) => other.kind === "transaction"))) continue;
      yield {
        message: begins ? `BEGIN only warns: ${step.migration.framework} has opened a transaction already, which the file's COMMIT then ends.` : `${change.verb.toUpperCase()} ends the transaction that ${step.migration.framework} has opened; what follows runs outside it.`,
        remedy: {
          text: "Leave transaction control to the tool, or switch its transaction off for this file.",
          steps: []
        },
        evidence: [change]
      };
    }
  }
});

// src/rules/not-null-scan.ts
function columnsOf(change) {
  if (change.kind === "set-not-null") return [change.column];
  if (change.kind !== "add-constraint") return [];
  const { type, usingIndex, columns: columns3 } = change.constraint;
  return type === "not-null" || type === "primary-key" && usingIndex !== null ? columns3 : [];
}
function remedyFor3(relation, columns3, key) {
  const proofs = columns3.map((column) => ({ column: quote(column), proof: quote(`${relation.name}_${column}_set`) }));
  return {
    text: "Prove it with a check first: added NOT VALID it takes a moment, validated it lets reads and writes through, and SET NOT NULL then trusts it and reads nothing. Fill the rows that hold a null before the second step.",
    steps: [
      migration(
        "Require the value of new rows",
        ...proofs.map(
          ({ column, proof }) => alter(relation, `ADD CONSTRAINT ${proof} CHECK (${column} IS NOT NULL) NOT VALID`)
        )
      ),
      migration(
        "Prove it of the old rows",
        ...proofs.map(({ proof }) => alter(relation, `VALIDATE CONSTRAINT ${proof}`))
      ),
      migration(
        key ? "Set NOT NULL, after which the key can take its index over" : "Set NOT NULL",
        ...proofs.flatMap(({ column, proof }) => [
          alter(relation, `ALTER COLUMN ${column} SET NOT NULL`),
          alter(relation, `DROP CONSTRAINT ${proof}`)
        ])
      )
    ]
  };
}
var not_null_scan_default = defineRule({
  id: "not-null-scan",
  summary: "NOT NULL reads every row while the table is locked.",
  category: "locks",
  severity: "error",
  why: `
\`SET NOT NULL\` reads the whole table under \`ACCESS EXCLUSIVE\` to see that no row holds a null, and fails when one does.
Since Postgres 12 it reads nothing when a validated check says \`column IS NOT NULL\` already.`,
  aliases: ["adding-not-nullable-field", "alter-column-set-not-null", "addingNotNullField"],
  examples: [
    {
      given: "create table users (id bigint primary key, email text);",
      bad: "alter table users alter email set not null;",
      good: [
        "alter table users add constraint email_set check (email is not null) not valid;",
        "alter table users validate constraint email_set;",
        "alter table users alter email set not null; alter table users drop constraint email_set;"
      ]
    }
  ],
  *check(step) {
    for (const change of step.changes) {
      const columns3 = columnsOf(change);
      if (columns3.length === 0 || !("relation" in change)) continue;
      const found = blockingWork(step, costsOf(step, change)) ?? blockingReject(step.costs.filter((c) => c.cause === change));
      if (!found) continue;
      yield {
        message: `NOT NULL on ${columns3.join(", ")} reads every row of ${nameOf(change.relation)} under ACCESS EXCLUSIVE, and reads and writes wait until it is done.${found.doubt}`,
        remedy: remedyFor3(
          change.relation,
          columns3,
          change.kind === "add-constraint" && change.constraint.type === "primary-key"
        ),
        evidence: [change, ...found.evidence],
        ...found.severity
      };
    }
    function blockingReject(costs) {
      const rejects = costs.filter((cost) => cost.kind === "reject");
      const shared = step.costs.filter(
        (cost) => cost.kind === "scan" && rejects.some((r) => r.relation.name === cost.relation.name)
      );
      const work = rejects.length > 0 ? blockingWork(step, shared) : null;
      return work && { ...work, evidence: costs };
    }
  }
});

// src/rules/partition-attach-scan.ts
var partition_attach_scan_default = defineRule({
  id: "partition-attach-scan",
  summary: "ATTACH PARTITION reads a whole table, or builds its indexes, under a lock.",
  category: "locks",
  severity: "error",
  why: `
\`ATTACH PARTITION\` reads the new partition under \`ACCESS EXCLUSIVE\` to see that every row is within the bound, builds the
indexes that it lacks, and reads the default partition to see that no row there belongs to it. A validated check that
implies the bound spares the reading, and indexes that are there already are taken over.`,
  examples: [
    {
      given: "create table events (id bigint, day date not null) partition by range (day); create table events_2026 (id bigint, day date not null);",
      bad: "alter table events attach partition events_2026 for values from ('2026-01-01') to ('2027-01-01');",
      good: [
        "alter table events_2026 add constraint bound check (day >= date '2026-01-01' and day < date '2027-01-01') not valid;",
        "alter table events_2026 validate constraint bound;"
      ]
    }
  ],
  *check(step) {
    for (const change of step.changes) {
      const attached = change.kind === "attach-partition" ? change.partition : change.kind === "create-table" && change.table.partitionOf ? change.relation : null;
      if (!attached) continue;
      const found = blockingWork(step, costsOf(step, change));
      if (!found) continue;
      const build2 = found.work.every((cost) => cost.kind !== "scan") || found.work.some((cost) => cost.kind === "build-index");
      yield {
        message: `Making ${nameOf(attached)} a partition ${build2 ? "builds indexes on" : "reads"} ${nameOf(found.relation)} under ${found.under}.${found.doubt}`,
        remedy: {
          text: `First add a check to ${nameOf(found.relation)} that implies the bound (for the default partition: that excludes it), NOT VALID, and validate it in a migration of its own; build missing indexes CONCURRENTLY. Attach the partition after that, and drop the check.`,
          steps: []
        },
        evidence: [change, ...found.evidence],
        ...found.severity
      };
    }
  }
});

// src/rules/partition-detach-blocking.ts
var partition_detach_blocking_default = defineRule({
  id: "partition-detach-blocking",
  summary: "A partition is detached under a lock that blocks the whole partitioned table.",
  category: "locks",
  severity: "warning",
  why: `
\`DETACH PARTITION\` takes \`ACCESS EXCLUSIVE\` on the parent: every query on any partition waits behind it.
\`DETACH PARTITION … CONCURRENTLY\` (Postgres 14 and later) lets them through, but needs to run outside a transaction and
does not work with a default partition.`,
  examples: [
    {
      given: "create table events (id bigint, day date not null) partition by range (day); create table events_2026 partition of events for values from ('2026-01-01') to ('2027-01-01');",
      bad: "alter table events detach partition events_2026;",
      good: [
        "-- migration-gate: transaction per-statement\nalter table events detach partition events_2026 concurrently;"
      ]
    }
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== "detach-partition" || change.concurrently || change.finalize) continue;
      const lock2 = isVisible(change.relation) ? blockingLock(step, change.relation) : void 0;
      if (!lock2) continue;
      const clause = `DETACH PARTITION ${quoteRelation(change.partition)} CONCURRENTLY`;
      yield {
        message: `Detaching ${nameOf(change.partition)} holds ${waits(lock2)} on all of ${nameOf(change.relation)}.`,
        remedy: {
          text: `Detach it CONCURRENTLY (Postgres 14 and later).${howOutside(step)}`,
          steps: [outside(step, "Detach the partition", alter(change.relation, clause))]
        },
        evidence: [change, ...costsOf(step, change)]
      };
    }
  }
});

// src/rules/shared/backfill.ts
function backfill(relation, catalog, assignment, condition) {
  const table2 = quoteRelation(relation);
  const key = catalog.relations.get(keyOf(relation))?.constraints.find((c) => c.type === "primary-key")?.columns;
  const by = key && key.length > 0 ? key.map(quote).join(", ") : "ctid";
  const match = key && key.length > 1 ? `(${by})` : by;
  return `-- Repeat until it reports UPDATE 0; each run commits by itself.
UPDATE ${table2} SET ${assignment}
WHERE ${match} IN (
  SELECT ${by} FROM ${table2} WHERE ${condition} LIMIT 1000
)`;
}

// src/rules/renamed-column.ts
var SHORT = { int2: "smallint", int4: "integer", int8: "bigint", bool: "boolean" };
var renamed_column_default = defineRule({
  id: "renamed-column",
  summary: "A column is renamed under running code.",
  category: "compatibility",
  severity: "error",
  why: `
During a deploy the old and the new version of the application run side by side, and one of them names a column that does
not exist. A second column that both versions can live with breaks neither.`,
  aliases: ["renaming-column", "rename-column", "renamingColumn"],
  examples: [
    {
      given: "create table users (id bigint primary key, mail text);",
      bad: "alter table users rename column mail to email;",
      good: ["alter table users add column email text;"]
    }
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== "rename-column" || !isVisible(change.relation)) continue;
      const { relation, column, to } = change;
      const type = step.before.relations.get(keyOf(relation))?.columns.find((known2) => known2.name === column)?.type;
      const mods = type && type.mods.length > 0 && type.name === "varchar" ? `(${type.mods.join(", ")})` : "";
      const bare = type && (type.schema === "pg_catalog" ? SHORT[type.name] ?? type.name : `${quote(type.schema)}.${quote(type.name)}`);
      yield {
        message: `Renaming ${column} to ${to} breaks code that still names ${nameOf(relation)}.${column}, the version that runs during the deploy included.`,
        remedy: {
          text: `Add ${to} beside ${column}, let the application write both and read the new one, and drop the old one in a later deploy.`,
          steps: bare ? [
            migration(
              "Add the column; then deploy code that writes both",
              alter(relation, `ADD COLUMN ${quote(to)} ${bare}${mods}${type.array ? "[]" : ""}`)
            ),
            migration(
              "Fill the old rows, in batches; then deploy code that reads the new one",
              backfill(
                relation,
                step.before,
                `${quote(to)} = ${quote(column)}`,
                `${quote(to)} IS NULL AND ${quote(column)} IS NOT NULL`
              )
            ),
            migration(
              "One deploy after the last code that names the old one",
              alter(relation, `DROP COLUMN ${quote(column)}`)
            )
          ] : []
        },
        evidence: [change, ...costsOf(step, change)]
      };
    }
  }
});

// src/rules/renamed-enum-value.ts
var renamed_enum_value_default = defineRule({
  id: "renamed-enum-value",
  summary: "An enum value or a type is renamed under running code.",
  category: "compatibility",
  severity: "warning",
  why: "Running code that writes or compares with the old name fails at once. A new value, a backfill and a later cleanup break nobody.",
  aliases: ["rename-enum-value"],
  examples: [
    {
      given: "create type state as enum ('new', 'payed');",
      bad: "alter type state rename value 'payed' to 'paid';",
      good: ["alter type state add value 'paid';"]
    }
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== "rename-enum-value" && change.kind !== "rename-type") continue;
      const age = step.before.types.get(change.key)?.age;
      if (age === "this-pr" || age === "this-transaction") continue;
      yield {
        message: change.kind === "rename-type" ? `Renaming the type ${change.key} to ${change.to} breaks code and functions that still name it.` : `Renaming '${change.label}' of ${change.key} to '${change.to}' breaks code that still writes or compares with it.`,
        remedy: {
          text: "Add the new name beside the old one, change the code over, and clean up in a later deploy.",
          steps: []
        },
        evidence: [change]
      };
    }
  }
});

// src/rules/renamed-table.ts
var renamed_table_default = defineRule({
  id: "renamed-table",
  summary: "A table or view is renamed, or moved to another schema, under running code.",
  category: "compatibility",
  severity: "error",
  why: `
During a deploy the old and the new version of the application run side by side, and one of them names a table that does
not exist. A view under the old name, made in the same transaction as the rename, keeps the old version working: a simple
view can be written to.`,
  aliases: ["renaming-table", "rename-table", "renamingTable", "set-schema"],
  examples: [
    { given: "create table users (id bigint primary key);", bad: "alter table users rename to accounts;", good: null }
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== "rename-relation" && change.kind !== "move-relation" || !isVisible(change.relation))
        continue;
      const { relation } = change;
      if (relation.kind === "sequence" || relation.kind === "index") continue;
      const to = change.kind === "rename-relation" ? { schema: relation.schema, name: change.to } : { schema: change.schema_to, name: relation.name };
      const clause = change.kind === "rename-relation" ? `RENAME TO ${quote(change.to)}` : `SET SCHEMA ${quote(change.schema_to)}`;
      const table2 = relation.kind === "table" || relation.kind === "partitioned-table";
      yield {
        message: `Renaming ${nameOf(relation)} to ${nameOf(to)} breaks code that still uses the old name, the version that runs during the deploy included.`,
        remedy: {
          text: "Leave a view under the old name, made in the same transaction, until the last code that uses it is gone; then allow this rule here, with that as the reason.",
          steps: table2 ? [
            migration(
              "Rename, and keep the old name as a view (one transaction)",
              alter(relation, clause),
              `CREATE VIEW ${quoteRelation(relation)} AS SELECT * FROM ${quoteRelation(to)}`
            ),
            migration(
              "One deploy after the last code that uses the old name",
              `DROP VIEW ${quoteRelation(relation)}`
            )
          ] : []
        },
        evidence: [change, ...costsOf(step, change)]
      };
    }
  }
});

// src/rules/required-column.ts
function remedyFor4(step, { relation, column }) {
  const name = quote(column.name);
  const proof = quote(`${relation.name}_${column.name}_set`);
  const add2 = addColumn(step, column.name, (type) => type === "CONSTR_IDENTITY");
  return {
    text: "Add the column nullable, let the application write it, fill the old rows in batches, and require it last. A constant default would do in one step.",
    steps: add2 === null ? [] : [
      migration("Add the column", add2),
      migration(
        "When the application writes it and the old rows are filled: require it",
        alter(relation, `ADD CONSTRAINT ${proof} CHECK (${name} IS NOT NULL) NOT VALID`)
      ),
      migration("Prove it of the old rows", alter(relation, `VALIDATE CONSTRAINT ${proof}`)),
      migration(
        "Set NOT NULL",
        alter(relation, `ALTER COLUMN ${name} SET NOT NULL`),
        alter(relation, `DROP CONSTRAINT ${proof}`)
      )
    ]
  };
}
var required_column_default = defineRule({
  id: "required-column",
  summary: "A required column without a default cannot be added to a table that has rows.",
  category: "failure",
  severity: "error",
  why: `
\`ADD COLUMN … NOT NULL\` without a default fails as soon as the table holds one row. Where it happens to be empty, the
running version of the application, which does not know the column, can no longer insert.`,
  aliases: ["adding-required-field", "add-required-column", "addingRequiredField"],
  examples: [
    {
      given: "create table users (id bigint primary key);",
      bad: "alter table users add column email text not null;",
      good: ["alter table users add column email text;"]
    },
    {
      given: "create table users (id bigint primary key);",
      bad: "alter table users add column plan text not null;",
      good: ["alter table users add column plan text not null default 'free';"]
    }
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== "add-column" || !isVisible(change.relation)) continue;
      const costs = costsOf(step, change);
      const reject2 = costs.some((cost) => cost.kind === "reject");
      const { notNull, default: value, generated, identity: identity2 } = change.column;
      if (!reject2 && !(notNull && (!value || value.isNull) && generated === null && !identity2)) continue;
      yield {
        message: `${change.column.name} is NOT NULL without a default: the statement fails when ${nameOf(change.relation)} has rows, and code that does not know the column cannot insert.`,
        remedy: remedyFor4(step, change),
        evidence: [change, ...costs]
      };
    }
  }
});

// src/rules/retyped-column.ts
function written(step, column) {
  const commands2 = all(as(step.statement.node, "AlterTableStmt")?.cmds, "AlterTableCmd");
  const command = commands2.find((cmd) => cmd.subtype === "AT_AlterColumnType" && cmd.name === column);
  const def = as(command?.def, "ColumnDef");
  return { type: typeSql(def?.typeName), using: expression(def?.raw_default) };
}
function remedyFor5(step, { relation, column }) {
  const { type, using } = written(step, column);
  if (type === null)
    return { text: "Add a column of the new type, fill it in batches, and change over to it.", steps: [] };
  const old = quote(column);
  const fresh = quote(`${column}_new`);
  const value = using ?? `${old}::${type}`;
  const fill = quote(`${relation.name}_fill_${column}_new`);
  return {
    text: `Keep ${column} and add a column of the new type beside it: a trigger fills it for new rows, batches fill it for old ones, and the application changes over before the old column goes.`,
    steps: [
      migration(
        "Add the column and keep it in step",
        alter(relation, `ADD COLUMN ${fresh} ${type}`),
        `CREATE FUNCTION ${fill}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.${fresh} := (SELECT ${value} FROM (SELECT NEW.*) AS row); RETURN NEW; END $$`,
        `CREATE TRIGGER ${fill} BEFORE INSERT OR UPDATE ON ${quoteRelation(relation)} FOR EACH ROW EXECUTE FUNCTION ${fill}()`
      ),
      migration(
        "Fill the old rows, in batches",
        backfill(relation, step.before, `${fresh} = ${value}`, `${fresh} IS NULL AND ${old} IS NOT NULL`)
      ),
      migration(
        "After the application reads and writes the new column",
        `DROP TRIGGER ${fill} ON ${quoteRelation(relation)}`,
        `DROP FUNCTION ${fill}()`,
        alter(relation, `DROP COLUMN ${old}`)
      )
    ]
  };
}
var retyped_column_default = defineRule({
  id: "retyped-column",
  summary: "A change of type rewrites the table, or rebuilds its indexes, while nobody can read it.",
  category: "locks",
  severity: "error",
  why: `
Unless the new type is stored and sorted like the old one (a longer \`varchar\`, \`varchar\` to \`text\`, a wider \`numeric\`),
Postgres writes every row and every index of the table anew under \`ACCESS EXCLUSIVE\`. Running code may also meet values
of a type that it does not expect.`,
  aliases: ["changing-column-type", "alter-column-type", "changingColumnType"],
  examples: [
    {
      given: "create table orders (id bigint primary key, total int);",
      bad: "alter table orders alter total type bigint;",
      good: ["alter table orders add column total_new bigint;"]
    },
    {
      given: "create table users (id bigint primary key, born text);",
      bad: "alter table users alter column born type date using born::date;",
      good: null
    }
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== "retype-column") continue;
      const found = blockingWork(step, costsOf(step, change));
      if (!found) continue;
      const rewrite2 = found.work.some((cost) => cost.kind === "rewrite");
      const indexes4 = found.work.flatMap((cost) => cost.kind === "build-index" ? [cost.index] : []);
      const work = rewrite2 ? "rewrites every row" : indexes4.length > 0 ? `rebuilds ${indexes4.join(", ")}` : "reads every row";
      yield {
        message: `The new type of ${change.column} ${work} of ${nameOf(found.relation)} under ${found.under}.${found.doubt}`,
        remedy: remedyFor5(step, change),
        evidence: [change, ...found.evidence],
        ...found.severity
      };
    }
  }
});

// src/rules/scan-under-lock.ts
var scan_under_lock_default = defineRule({
  id: "scan-under-lock",
  summary: "A table is read in full while writes to it wait.",
  category: "locks",
  severity: "error",
  general: true,
  why: `
Checking rows means reading them all. Under a lock that blocks writes, everybody waits for as long as that takes:
seconds for a small table, hours for a large one.`,
  examples: [
    {
      given: "create table users (id bigint primary key); create table orders (id bigint primary key, user_id bigint constraint owner references users not enforced);",
      bad: "alter table orders alter constraint owner enforced;",
      good: null,
      pg: 18
    }
  ],
  *check(step) {
    const found = blockingWork(
      step,
      step.costs.filter((cost) => cost.kind === "scan" || cost.kind === "build-index")
    );
    if (!found) return;
    const builds = found.work.some((cost) => cost.kind === "build-index");
    const tables4 = [...new Set(found.work.map((cost) => nameOf(cost.relation)))];
    yield {
      message: `The statement ${builds ? "builds indexes on" : "reads every row of"} ${tables4.join(", ")} under ${found.under}.${found.doubt}`,
      remedy: {
        text: "Split it so that the part that reads the rows runs by itself under a weaker lock (NOT VALID first, VALIDATE in a later migration), or run it in a maintenance window.",
        steps: []
      },
      evidence: found.evidence,
      ...found.severity
    };
  }
});

// src/rules/serial-column.ts
var TYPES2 = { int2: "smallint", int4: "integer", int8: "bigint" };
function remedyFor6(step, { relation, column }) {
  const name = quote(column.name);
  const sequence = quoteRelation({ schema: relation.schema, name: `${relation.name}_${column.name}_seq` });
  const next = `nextval('${sequence.replaceAll("'", "''")}')`;
  return {
    text: "Add a plain column and a sequence of its own, number new rows by default, and number the old rows in batches.",
    steps: [
      migration(
        "Add the column, and number new rows",
        alter(relation, `ADD COLUMN ${name} ${TYPES2[column.type.name] ?? "bigint"}`),
        `CREATE SEQUENCE ${sequence} OWNED BY ${quoteRelation(relation)}.${name}`,
        alter(relation, `ALTER COLUMN ${name} SET DEFAULT ${next}`)
      ),
      migration(
        "Number the old rows, in batches",
        backfill(relation, step.before, `${name} = ${next}`, `${name} IS NULL`)
      )
    ]
  };
}
var serial_column_default = defineRule({
  id: "serial-column",
  summary: "A new serial or identity column rewrites the table.",
  category: "locks",
  severity: "error",
  why: `
\`serial\`, \`bigserial\` and \`GENERATED … AS IDENTITY\` number the old rows as the column is added: every row and every index
is written anew under \`ACCESS EXCLUSIVE\`.`,
  aliases: ["adding-serial-primary-key-field", "add-column-serial", "addSerialColumn"],
  examples: [
    {
      given: "create table orders (id uuid primary key);",
      bad: "alter table orders add column number bigserial;",
      good: ["alter table orders add column number bigint;"]
    },
    {
      given: "create table orders (id uuid primary key);",
      bad: "alter table orders add column number bigint generated always as identity;",
      good: null
    }
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== "add-column" || !(change.column.serial || change.column.identity)) continue;
      const found = blockingWork(step, costsOf(step, change));
      if (!found) continue;
      yield {
        message: `Numbering the rows for ${change.column.name} rewrites all of ${nameOf(found.relation)} under ${found.under}.${found.doubt}`,
        remedy: remedyFor6(step, change),
        evidence: [change, ...found.evidence],
        ...found.severity
      };
    }
  }
});

// src/rules/serial-primary-key.ts
var serial_primary_key_default = defineRule({
  id: "serial-primary-key",
  summary: "A serial column instead of an identity.",
  category: "style",
  severity: "off",
  why: "The sequence of a serial column has permissions of its own, and can be overwritten by any insert. GENERATED ALWAYS AS IDENTITY is the standard and has neither trouble.",
  aliases: ["prefer-identity", "preferIdentity"],
  examples: [
    {
      given: "",
      bad: "create table orders (id bigserial primary key);",
      good: ["create table orders (id bigint generated always as identity primary key);"]
    }
  ],
  *check(step) {
    for (const { relation, column, change } of newColumns(step)) {
      if (!column.serial) continue;
      yield {
        message: `${nameOf(relation)}.${column.name} is serial.`,
        remedy: { text: "Write GENERATED ALWAYS AS IDENTITY.", steps: [] },
        evidence: [change]
      };
    }
  }
});

// src/rules/session-setting-leak.ts
var session_setting_leak_default = defineRule({
  id: "session-setting-leak",
  summary: "SET changes the session, and so the migrations that follow.",
  category: "hygiene",
  severity: "notice",
  why: `
A plain \`SET\` outlives the transaction: the next migrations that the tool runs over the same connection find another
\`search_path\` or \`role\`. \`SET LOCAL\` ends with the transaction.`,
  aliases: ["session-setting-leak", "set-without-local"],
  examples: [
    { given: "create schema billing;", bad: "set search_path = billing;", good: ["set local search_path = billing;"] }
  ],
  *check(step) {
    if (!step.transaction.block) return;
    for (const change of step.changes) {
      if (change.kind !== "set" || change.local || !["search_path", "role", "session_replication_role"].includes(change.setting))
        continue;
      yield {
        message: `${change.setting} stays set for the migrations that run after this one over the same connection.`,
        remedy: { text: "Write SET LOCAL, which ends with the transaction.", steps: [] },
        evidence: [change]
      };
    }
  }
});

// src/rules/statement-behind-exclusive-lock.ts
var statement_behind_exclusive_lock_default = defineRule({
  id: "statement-behind-exclusive-lock",
  summary: "Long work runs while an earlier statement of the transaction holds a blocking lock.",
  category: "locks",
  severity: "warning",
  general: true,
  why: `
Locks are held to the commit. A statement that would be harmless by itself prolongs the lock of the statement before it:
everybody who waits for that table waits for this work too.`,
  examples: [
    {
      given: "create table users (id bigint primary key); create table orders (id bigint primary key); create materialized view totals as select count(*) as n from orders; create unique index on totals (n);",
      bad: "alter table users add column email text; alter table orders add constraint positive check (id > 0) not valid; refresh materialized view concurrently totals;",
      good: null
    }
  ],
  *check(step) {
    const held = heldLock(step);
    if (!held) return;
    const work = step.costs.find(
      (cost) => isWork(cost) && cost.certainty === "will" && isVisible(cost.relation) && !blockingLock(step, cost.relation)
    );
    if (!work?.relation) return;
    yield {
      message: `Working through ${nameOf(work.relation)} prolongs ${held.mode} on ${nameOf(held.relation)}, which an earlier statement of the transaction holds: ${blocked(held.mode)} wait.`,
      remedy: {
        text: "Put the two statements into migrations of their own, so that the lock is given up before the work begins.",
        steps: []
      },
      evidence: [work, held]
    };
  }
});

// src/rules/stored-generated-column.ts
var stored_generated_column_default = defineRule({
  id: "stored-generated-column",
  summary: "A stored generated column is computed for every row while nobody can read the table.",
  category: "locks",
  severity: "error",
  why: `
\`GENERATED ALWAYS AS (…) STORED\` has a value in every old row, so that the whole table is written anew under
\`ACCESS EXCLUSIVE\`; so does a new expression for such a column. From Postgres 18 on a \`VIRTUAL\` column costs nothing.`,
  aliases: ["add-column-stored-generated", "addGeneratedColumn", "add-column-generated-stored"],
  examples: [
    {
      given: "create table orders (id bigint primary key, net int, tax int);",
      bad: "alter table orders add column total int generated always as (net + tax) stored;",
      good: ["alter table orders add column total int;"]
    }
  ],
  *check(step) {
    for (const change of step.changes) {
      const column = change.kind === "add-column" && change.column.generated === "stored" ? change.column.name : change.kind === "set-expression" ? change.column : null;
      const found = column === null ? null : blockingWork(step, costsOf(step, change));
      if (!found) continue;
      yield {
        message: `Computing ${column ?? "the column"} rewrites every row of ${nameOf(found.relation)} under ${found.under}.${found.doubt}`,
        remedy: {
          text: "Add a plain column, keep it in step with a trigger, and fill the old rows in batches; compute the value in a view or a query; or, on Postgres 18 and later, make it VIRTUAL.",
          steps: []
        },
        evidence: [change, ...found.evidence],
        ...found.severity
      };
    }
  }
});

// src/rules/table-rewrite.ts
var table_rewrite_default = defineRule({
  id: "table-rewrite",
  summary: "A table is written anew while nobody can read it.",
  category: "locks",
  severity: "error",
  general: true,
  why: `
Some statements write every row of a table, and all its indexes, into new files: \`SET LOGGED\`, \`SET UNLOGGED\`,
\`SET TABLESPACE\`, \`SET ACCESS METHOD\`, and what a \`DO\` block or a changed type does. Reads and writes wait until it is
done, and the disk holds both copies.`,
  examples: [
    {
      given: "create table events (id bigint primary key);",
      bad: "alter table events set unlogged;",
      good: null
    }
  ],
  *check(step) {
    const found = blockingWork(
      step,
      step.costs.filter((cost) => cost.kind === "rewrite" || cost.kind === "new-file")
    );
    if (!found) return;
    const tables4 = [...new Set(found.work.map((cost) => nameOf(cost.relation)))];
    yield {
      message: `The statement writes all of ${tables4.join(", ")} anew under ${found.under}.${found.doubt}`,
      remedy: {
        text: "Create a new table as it should be, copy the rows in batches with a trigger that keeps it in step, and swap the names in a short transaction; or do it in a maintenance window.",
        steps: []
      },
      evidence: step.costs.filter((cost) => cost.kind !== "lock" && tables4.includes(nameOf(cost.relation ?? NOWHERE))),
      ...found.severity
    };
  }
});
var NOWHERE = { schema: "", name: "" };

// src/rules/timeout-set-too-late.ts
var timeout_set_too_late_default = defineRule({
  id: "timeout-set-too-late",
  summary: "lock_timeout is set after the lock that it should have bounded.",
  category: "hygiene",
  severity: "notice",
  why: "A timeout holds for the statements after it. The lock taken before was awaited without one, and is held to the commit.",
  examples: [
    {
      given: "create table users (id bigint primary key);",
      bad: "alter table users add column email text; set lock_timeout = '2s';",
      good: ["set lock_timeout = '2s'; alter table users add column email text;"]
    }
  ],
  *check(step) {
    const change = step.changes.find((one) => one.kind === "set" && one.setting === "lock_timeout");
    if (!change || parseInt(step.settings.get("lock_timeout") ?? "0") > 0) return;
    const lock2 = step.held.find((held) => blocksWrites(held.mode) && isVisible(held.relation));
    if (!lock2) return;
    yield {
      message: `lock_timeout is set when ${lock2.mode} on ${nameOf(lock2.relation)} has been awaited without it.`,
      remedy: { text: "Move the setting above the first statement of the file.", steps: [] },
      evidence: [change, lock2]
    };
  }
});

// src/rules/timestamp-without-time-zone.ts
var timestamp_without_time_zone_default = defineRule({
  id: "timestamp-without-time-zone",
  summary: "A timestamp without time zone.",
  category: "style",
  severity: "off",
  why: "It stores what the clock on some wall showed, and compares wrongly as soon as two clients have different time zones. timestamptz stores the moment.",
  aliases: ["prefer-timestamp-tz", "prefer-timestamptz", "preferTimestamptz"],
  examples: [
    {
      given: "",
      bad: "create table orders (id bigint primary key, placed timestamp);",
      good: ["create table orders (id bigint primary key, placed timestamptz);"]
    }
  ],
  *check(step) {
    for (const { relation, column, change } of newColumns(step)) {
      if (column.type.name !== "timestamp") continue;
      yield {
        message: `${nameOf(relation)}.${column.name} is a timestamp without time zone.`,
        remedy: { text: "Write timestamptz.", steps: [] },
        evidence: [change]
      };
    }
  }
});

// src/rules/truncated-table.ts
var truncated_table_default = defineRule({
  id: "truncated-table",
  summary: "TRUNCATE throws away every row of a table.",
  category: "data-loss",
  severity: "error",
  why: `
The rows cannot be brought back except from a backup. \`TRUNCATE\` takes \`ACCESS EXCLUSIVE\`, and with \`CASCADE\` empties
every table that references this one too.`,
  aliases: ["ban-truncate", "ban-truncate-cascade", "truncate"],
  examples: [{ given: "create table carts (id bigint primary key);", bad: "truncate carts;", good: null }],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== "truncate") continue;
      const costs = costsOf(step, change);
      const lost = costs.flatMap(
        (cost) => cost.kind === "lose-data" && isVisible(cost.relation) ? [nameOf(cost.relation)] : []
      );
      if (lost.length === 0 && !isVisible(change.relation)) continue;
      const names3 = lost.length > 0 ? lost : [nameOf(change.relation)];
      yield {
        message: `TRUNCATE loses every row of ${names3.join(", ")} under ACCESS EXCLUSIVE: reads and writes wait until the commit.`,
        remedy: {
          text: "If the rows may go, delete them in batches outside the migration; or allow this rule here and say why nobody needs them.",
          steps: []
        },
        evidence: [change, ...costs]
      };
    }
  }
});

// src/rules/unbounded-delete.ts
var unbounded_delete_default = defineRule({
  id: "unbounded-delete",
  summary: "Every row of a table is deleted in one statement.",
  category: "data",
  severity: "warning",
  why: `
One statement that touches every row locks each of them to the commit, writes all of them to the log at once, leaves as
many dead rows behind, and holds back replicas and vacuum for as long as it runs. In batches that commit one by one nobody
waits for long.`,
  aliases: ["unbatched-delete", "delete-without-where"],
  examples: [
    {
      given: "create table users (id bigint primary key, active boolean);",
      bad: "delete from users;",
      good: ["delete from users where id in (select id from users where not active limit 1000);"]
    }
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== "change-rows" || change.verb !== "delete" || change.bounded || !isVisible(change.relation))
        continue;
      const { relation } = change;
      const key = step.before.relations.get(keyOf(relation))?.constraints.find((c) => c.type === "primary-key")?.columns;
      const by = key?.length === 1 ? quote(key[0] ?? "ctid") : "ctid";
      yield {
        message: `The delete deletes every row of ${nameOf(relation)} in one transaction: writers of these rows wait until the commit.`,
        remedy: {
          text: "Delete in batches, each of which commits by itself, until none is left.",
          steps: [
            {
              title: "Repeat until it reports DELETE 0",
              sql: `DELETE FROM ${quoteRelation(relation)} WHERE ${by} IN (SELECT ${by} FROM ${quoteRelation(relation)} LIMIT 1000);`
            }
          ]
        },
        evidence: [change, ...costsOf(step, change)]
      };
    }
  }
});

// src/rules/unbounded-update.ts
var unbounded_update_default = defineRule({
  id: "unbounded-update",
  summary: "Every row of a table is updated in one statement.",
  category: "data",
  severity: "warning",
  why: `
One statement that touches every row locks each of them to the commit, writes all of them to the log at once, leaves as
many dead rows behind, and holds back replicas and vacuum for as long as it runs. In batches that commit one by one nobody
waits for long.`,
  aliases: ["unbatched-update", "update-without-where"],
  examples: [
    {
      given: "create table users (id bigint primary key, active boolean);",
      bad: "update users set active = true;",
      good: ["update users set active = true where id in (select id from users where active is null limit 1000);"]
    }
  ],
  *check(step) {
    if (heldLock(step)) return;
    for (const change of step.changes) {
      if (change.kind !== "change-rows" || change.verb !== "update" || change.bounded || !isVisible(change.relation))
        continue;
      const { relation } = change;
      const key = step.before.relations.get(keyOf(relation))?.constraints.find((c) => c.type === "primary-key")?.columns;
      const by = key?.length === 1 ? quote(key[0] ?? "ctid") : "ctid";
      const node = as(step.statement.node, "UpdateStmt");
      const written2 = node && deparse({ UpdateStmt: node });
      const batch = written2 ? `${written2}
WHERE ${by} IN (SELECT ${by} FROM ${quoteRelation(relation)} WHERE ${by} > ${by === "ctid" ? "'(0,0)'" : "0"} ORDER BY ${by} LIMIT 1000);` : null;
      yield {
        message: `The update locks every row of ${nameOf(relation)} in one transaction: writers of these rows wait until the commit.`,
        remedy: {
          text: "Update in batches, each of which commits by itself: repeat with the next range until the end of the table.",
          steps: batch === null ? [] : [{ title: "Repeat, each time from the last key of the batch before", sql: batch }]
        },
        evidence: [change, ...costsOf(step, change)]
      };
    }
  }
});

// src/rules/uncommitted-transaction.ts
var uncommitted_transaction_default = defineRule({
  id: "uncommitted-transaction",
  summary: "The file begins a transaction and never commits it.",
  category: "failure",
  severity: "error",
  why: "When the connection closes, Postgres rolls the transaction back: the tool records the migration as done, and nothing of it is there.",
  aliases: ["ban-uncommitted-transaction", "uncommitted-transaction"],
  examples: [
    {
      given: "create table users (id bigint primary key);",
      bad: "begin; set local lock_timeout = '2s'; alter table users add column email text;",
      good: ["begin; set local lock_timeout = '2s'; alter table users add column email text; commit;"],
      transaction: "per-statement"
    }
  ],
  *check(step) {
    if (step.remaining > 0 || step.migration.unread.length > 0) return;
    let open = step.transaction.explicit;
    for (const change of step.changes)
      if (change.kind === "transaction") {
        if (change.verb === "begin") open = true;
        else if (change.verb === "commit" || change.verb === "rollback" || change.verb === "prepare") open = false;
      }
    if (!open) return;
    yield {
      message: "The file ends inside the transaction that it began: without COMMIT all of it is rolled back.",
      remedy: { text: "End the file with COMMIT.", steps: [{ title: "At the end of the file", sql: "COMMIT;" }] },
      evidence: step.changes.filter((change) => change.kind === "transaction")
    };
  }
});

// src/rules/vacuum-full.ts
var spelled = (change) => {
  if (change.kind === "vacuum") return change.full ? "VACUUM FULL" : null;
  if (change.kind === "cluster") return "CLUSTER";
  if (change.kind !== "maintain-database") return null;
  return change.what === "vacuum-full" ? "VACUUM FULL" : change.what === "cluster" ? "CLUSTER" : null;
};
var vacuum_full_default = defineRule({
  id: "vacuum-full",
  summary: "VACUUM FULL or CLUSTER rewrites a table while nobody can read it.",
  category: "locks",
  severity: "error",
  why: `
Both copy the table and its indexes into new files under \`ACCESS EXCLUSIVE\`, and need room for both copies. Plain
\`VACUUM\` lets everybody through; the extensions pg_repack and pg_squeeze do the same work with short locks.`,
  aliases: ["ban-vacuum-full", "vacuum-full"],
  examples: [
    {
      given: "create table orders (id bigint primary key);",
      bad: "vacuum full orders;",
      good: ["-- migration-gate: transaction per-statement\nvacuum orders;"],
      transaction: "per-statement"
    }
  ],
  *check(step) {
    for (const change of step.changes) {
      const what2 = spelled(change);
      if (what2 === null) continue;
      const costs = costsOf(step, change);
      const found = blockingWork(step, costs);
      if (!found && change.kind !== "maintain-database") continue;
      yield {
        message: found ? `${what2} writes all of ${nameOf(found.relation)} anew under ${found.under}.` : `${what2} without a table writes every table of the database anew under ACCESS EXCLUSIVE, and reads and writes wait.`,
        remedy: {
          text: "Use plain VACUUM, or pg_repack, which copies the table with short locks only. Maintenance does not belong in a migration.",
          steps: []
        },
        evidence: [change, ...costs]
      };
    }
  }
});

// src/rules/validated-check.ts
function remedyFor7(step, change) {
  const { relation, constraint, inline: inline2 } = change;
  const add2 = addNotValid(step, change);
  const added2 = inline2 ? step.changes.find((other) => other.kind === "add-column" && constraint.columns.includes(other.column.name)) : void 0;
  const column = added2?.kind === "add-column" ? addColumn(step, added2.column.name, (type) => type !== "CONSTR_CHECK") : null;
  return {
    text: "Add the check NOT VALID, which takes a moment and holds for new rows, and validate the old rows in a later migration, under a lock that lets reads and writes through.",
    steps: add2 === null ? [] : [
      migration("Add the check for new rows", column, add2),
      migration("Check the old rows", validate(relation, constraint.name))
    ]
  };
}
var validated_check_default = defineRule({
  id: "validated-check",
  summary: "A check constraint reads every row while the table is locked.",
  category: "locks",
  severity: "error",
  why: `
\`ADD CONSTRAINT … CHECK\` reads the whole table under \`ACCESS EXCLUSIVE\`: nobody can even read it meanwhile. With
\`NOT VALID\` the old rows are left for \`VALIDATE CONSTRAINT\`, which lets reads and writes through. A check written on a
new column is verified against every row too.`,
  aliases: ["constraint-missing-not-valid", "add-constraint-check-no-not-valid", "constraintMissingNotValid"],
  examples: [
    {
      given: "create table users (id bigint primary key, age int);",
      bad: "alter table users add constraint adult check (age >= 18);",
      good: [
        "alter table users add constraint adult check (age >= 18) not valid;",
        "alter table users validate constraint adult;"
      ]
    },
    {
      given: "create table users (id bigint primary key);",
      bad: "alter table users add column state text default 'new' check (state <> '');",
      good: null
    }
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== "add-constraint" || change.constraint.type !== "check") continue;
      const found = blockingWork(step, costsOf(step, change));
      if (!found) continue;
      yield {
        message: `The check ${change.constraint.name} reads every row of ${nameOf(change.relation)} under ${found.under}.${found.doubt}`,
        remedy: remedyFor7(step, change),
        evidence: [change, ...found.evidence],
        ...found.severity
      };
    }
  }
});

// src/rules/validated-foreign-key.ts
function remedyFor8(step, change) {
  const { relation, constraint, inline: inline2 } = change;
  const add2 = addNotValid(step, change);
  const column = inline2 ? addColumn(step, constraint.columns[0] ?? "", (type) => type !== "CONSTR_FOREIGN") : null;
  const index = missingIndex(step, change);
  return {
    text: "Add the foreign key NOT VALID, which takes a moment and holds for new rows, and validate the old rows in a later migration, under a lock that lets writes through." + (index === null ? "" : ` Its columns have no index, without which each delete of a referenced row reads the whole table.${howOutside(step)}`),
    steps: add2 === null ? [] : [
      migration("Add the foreign key for new rows", column, add2),
      migration("Check the old rows", validate(relation, constraint.name)),
      ...index === null ? [] : [outside(step, "Build the index that deletes need", index)]
    ]
  };
}
var validated_foreign_key_default = defineRule({
  id: "validated-foreign-key",
  summary: "A foreign key checks every row while writes to both tables wait.",
  category: "locks",
  severity: "error",
  why: `
Adding a foreign key takes \`SHARE ROW EXCLUSIVE\` on both tables and joins them to see that every row has its match;
writes to both wait for as long as that takes. With \`NOT VALID\` the old rows are left for \`VALIDATE CONSTRAINT\`, which
takes only \`SHARE UPDATE EXCLUSIVE\`. Both in one transaction gain nothing: the first lock is held to the commit.`,
  aliases: ["adding-foreign-key-constraint", "add-constraint-fk-no-not-valid", "addingForeignKeyConstraint"],
  examples: [
    {
      given: "create table users (id bigint primary key); create table orders (id bigint primary key, user_id bigint); create index on orders (user_id);",
      bad: "alter table orders add constraint orders_user foreign key (user_id) references users (id);",
      good: [
        "alter table orders add constraint orders_user foreign key (user_id) references users (id) not valid;",
        "alter table orders validate constraint orders_user;"
      ]
    },
    {
      given: "create table users (id bigint primary key); create table orders (id bigint primary key);",
      bad: "alter table orders add column user_id bigint not null default 1 references users;",
      good: null
    }
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== "add-constraint" || change.constraint.type !== "foreign-key") continue;
      const found = blockingWork(step, costsOf(step, change));
      const other = change.constraint.references;
      if (!found || !other) continue;
      yield {
        message: `The foreign key ${change.constraint.name} checks every row of ${nameOf(change.relation)} under ${found.lock.mode}, and writes to it and to ${nameOf(other)} wait until it is done.${found.doubt}`,
        remedy: remedyFor8(step, change),
        evidence: [change, ...found.evidence],
        ...found.severity
      };
    }
  }
});

// src/rules/validation-in-same-transaction.ts
var validation_in_same_transaction_default = defineRule({
  id: "validation-in-same-transaction",
  summary: "A constraint is validated while the transaction still holds the lock of adding it.",
  category: "locks",
  severity: "error",
  why: `
\`NOT VALID\` and \`VALIDATE CONSTRAINT\` are two steps so that the reading happens under a weak lock. In one transaction the
strong lock of the first step is held until the second is done, and nothing is gained.`,
  aliases: ["constraint-missing-not-valid-same-transaction", "not-valid-validate-same-tx"],
  examples: [
    {
      given: "create table users (id bigint primary key, age int);",
      bad: "alter table users add constraint adult check (age >= 18) not valid; alter table users validate constraint adult;",
      good: [
        "alter table users add constraint adult check (age >= 18) not valid;",
        "alter table users validate constraint adult;"
      ]
    }
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== "validate-constraint" || !isVisible(change.relation)) continue;
      const costs = costsOf(step, change);
      if (!costs.some((cost) => cost.kind === "scan")) continue;
      const held = step.held.find((lock2) => blocksWrites(lock2.mode) && same(lock2.relation, change.relation));
      if (!held) continue;
      yield {
        message: `Validating ${change.constraint} reads all of ${nameOf(change.relation)} while the transaction still holds ${held.mode} on it: ${blocked(held.mode)} wait until it is done.`,
        remedy: {
          text: "Move the validation into a migration of its own, after the commit of the one that adds the constraint.",
          steps: [migration("The next migration", validate(change.relation, change.constraint))]
        },
        evidence: [change, ...costs, held]
      };
    }
  }
});

// src/rules/volatile-default.ts
var PLAIN = /* @__PURE__ */ new Set(["CONSTR_DEFAULT", "CONSTR_NOTNULL", "CONSTR_UNIQUE", "CONSTR_PRIMARY", "CONSTR_CHECK"]);
function remedyFor9(step, { relation, column }) {
  const name = quote(column.name);
  const proof = quote(`${relation.name}_${column.name}_set`);
  const node = columnNode(step, column.name);
  const value = expression(all(node?.constraints, "Constraint").find((c) => c.contype === "CONSTR_DEFAULT")?.raw_expr);
  const add2 = addColumn(step, column.name, (type) => !PLAIN.has(type ?? ""));
  const text = "Add the column without its default, set the default for new rows (which reads nothing), and fill the old rows in batches.";
  if (value === null || add2 === null) return { text, steps: [] };
  return {
    text,
    steps: [
      migration(
        "Add the column, with the default for new rows",
        add2,
        alter(relation, `ALTER COLUMN ${name} SET DEFAULT ${value}`)
      ),
      migration(
        "Fill the old rows, in batches",
        backfill(relation, step.before, `${name} = ${value}`, `${name} IS NULL`)
      ),
      ...column.notNull ? [
        migration(
          "Require the value",
          alter(relation, `ADD CONSTRAINT ${proof} CHECK (${name} IS NOT NULL) NOT VALID`)
        ),
        migration("Prove it of the old rows", alter(relation, `VALIDATE CONSTRAINT ${proof}`)),
        migration(
          "Set NOT NULL",
          alter(relation, `ALTER COLUMN ${name} SET NOT NULL`),
          alter(relation, `DROP CONSTRAINT ${proof}`)
        )
      ] : []
    ]
  };
}
var isDomain = (step, change) => step.before.types.get(keyOf(change.column.type))?.kind === "domain";
var volatile_default_default = defineRule({
  id: "volatile-default",
  summary: "A new column with a volatile default rewrites the table.",
  category: "locks",
  severity: "error",
  why: `
A constant default, and one like \`now()\`, is kept once for all old rows (Postgres 11 and later). A volatile one
(\`gen_random_uuid()\`, \`random()\`, \`clock_timestamp()\`, \`nextval()\`) differs per row, so that every row and every index is
written anew under \`ACCESS EXCLUSIVE\`.`,
  aliases: ["adding-field-with-default", "add-column-non-constant-default", "addingFieldWithDefault"],
  examples: [
    {
      given: "create table users (id bigint primary key);",
      bad: "alter table users add column token uuid not null default gen_random_uuid();",
      good: [
        "alter table users add column token uuid; alter table users alter token set default gen_random_uuid();",
        "update users set token = gen_random_uuid() where id in (select id from users where token is null limit 1000);"
      ]
    }
  ],
  *check(step) {
    for (const change of step.changes) {
      if (change.kind !== "add-column" || change.column.serial || change.column.identity) continue;
      if (change.column.generated !== null || isDomain(step, change)) continue;
      const { default: value } = change.column;
      if (value?.volatility !== "volatile" && value?.volatility !== "unknown") continue;
      const found = blockingWork(step, costsOf(step, change));
      if (!found) continue;
      yield {
        message: `The default of ${change.column.name} differs per row, so that every row of ${nameOf(found.relation)} is rewritten under ${found.under}.${found.doubt}`,
        remedy: remedyFor9(step, change),
        evidence: [change, ...found.evidence],
        ...found.severity
      };
    }
  }
});

// src/rules/index.ts
var rules = [
  backfill_with_schema_change_default,
  blocking_index_build_default,
  blocking_index_drop_default,
  blocking_refresh_default,
  blocking_reindex_default,
  cascade_drop_default,
  char_column_default,
  concurrent_index_if_not_exists_default,
  concurrent_index_in_transaction_default,
  constrained_domain_column_default,
  constraint_index_build_default,
  disabled_safeguard_default,
  domain_constraint_scan_default,
  dropped_column_default,
  dropped_constraint_default,
  dropped_database_default,
  dropped_not_null_default,
  dropped_table_default,
  enum_value_used_in_same_transaction_default,
  failing_statement_default,
  foreign_key_without_index_default,
  identifier_too_long_default,
  integer_primary_key_default,
  json_column_default,
  lock_without_timeout_default,
  missing_if_exists_default,
  missing_primary_key_default,
  missing_statement_timeout_default,
  nested_transaction_default,
  not_null_scan_default,
  partition_attach_scan_default,
  partition_detach_blocking_default,
  renamed_column_default,
  renamed_enum_value_default,
  renamed_table_default,
  required_column_default,
  retyped_column_default,
  scan_under_lock_default,
  serial_column_default,
  serial_primary_key_default,
  session_setting_leak_default,
  statement_behind_exclusive_lock_default,
  stored_generated_column_default,
  table_rewrite_default,
  timeout_set_too_late_default,
  timestamp_without_time_zone_default,
  truncated_table_default,
  unbounded_delete_default,
  unbounded_update_default,
  uncommitted_transaction_default,
  vacuum_full_default,
  validated_check_default,
  validated_foreign_key_default,
  validation_in_same_transaction_default,
  volatile_default_default
];
var ruleIds = rules.map((known2) => known2.id);

// src/version.ts
var VERSION = "0.1.0";

// src/check.ts
function check(rules2, steps, severities = /* @__PURE__ */ new Map()) {
  const specific = rules2.filter((rule2) => !rule2.general);
  const general = rules2.filter((rule2) => rule2.general);
  return steps.flatMap((step) => {
    const cited = /* @__PURE__ */ new Set();
    const found = specific.flatMap((rule2) => violations(rule2, step, cited));
    for (const rule2 of general) {
      const costs = step.costs.filter((cost) => cost.kind === "lock" || !cited.has(cost));
      found.push(...violations(rule2, costs.length === step.costs.length ? step : { ...step, costs }, cited));
    }
    return found.flatMap(({ rule: rule2, violation }) => {
      const severity = severityOf(rule2, violation, severities.get(rule2.id));
      return severity === "off" ? [] : [{ rule: rule2, step, severity, violation }];
    });
  });
}
function violations(rule2, step, cited) {
  try {
    return [...rule2.check(step, cited)].map((violation) => {
      if (rule2.severity !== "off") for (const effect of violation.evidence) cited.add(effect);
      return { rule: rule2, violation };
    });
  } catch (error) {
    const { file, line } = step.statement.span;
    throw new Error(`the rule ${rule2.id} failed on ${file}:${line}`, { cause: error });
  }
}
var severityOf = (rule2, violation, configured) => {
  if (configured !== void 0) return configured;
  return rule2.severity === "off" ? "off" : violation.severity ?? rule2.severity;
};
function once(candidates) {
  const counts = /* @__PURE__ */ new Map();
  for (const { rule: rule2 } of candidates) counts.set(rule2, (counts.get(rule2) ?? 0) + 1);
  const told = /* @__PURE__ */ new Set();
  return candidates.flatMap((candidate) => {
    const { rule: rule2, violation } = candidate;
    if (!rule2.once || told.has(rule2)) return rule2.once ? [] : [candidate];
    told.add(rule2);
    const more = (counts.get(rule2) ?? 1) - 1;
    if (more === 0) return [candidate];
    const message = `${violation.message} The same goes for ${more} more ${more === 1 ? "place" : "places"} in these migrations.`;
    return [{ ...candidate, violation: { ...violation, message } }];
  });
}

// src/framework.ts
var defineFramework = (framework) => framework;

// src/frameworks/shared/blank.ts
var blank = (text) => text.replace(/[^\n]/g, " ");
function blankPsql(sql) {
  if (!sql.includes("\\")) return sql;
  let data = false;
  return sql.split("\n").map((line) => {
    if (data) {
      if (line.startsWith("\\.")) data = false;
      return blank(line);
    }
    if (/^\s*copy\b.*\bfrom\s+stdin\b.*;\s*$/i.test(line)) data = true;
    return data || /^\s*\\[a-z!?]/i.test(line) ? blank(line) : line;
  }).join("\n");
}

// src/frameworks/shared/files.ts
var folderOf = (path) => path.slice(0, Math.max(0, path.lastIndexOf("/")));
var nameOf2 = (path) => path.slice(path.lastIndexOf("/") + 1);
function groupBy(paths, key) {
  const groups = /* @__PURE__ */ new Map();
  for (const path of paths) {
    const group = groups.get(key(path));
    if (group) group.push(path);
    else groups.set(key(path), [path]);
  }
  return groups;
}

// src/frameworks/shared/order.ts
function natural(a, b) {
  const [left, right] = [a.match(/\d+|\D+/g) ?? [], b.match(/\d+|\D+/g) ?? []];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const [x = "", y = ""] = [left[at], right[at]];
    if (x === y) continue;
    if (/^\d/.test(x) && /^\d/.test(y)) {
      const difference = BigInt(x) - BigInt(y);
      if (difference !== 0n) return difference < 0n ? -1 : 1;
    } else return x < y ? -1 : 1;
  }
  return left.length - right.length;
}
var plain = (a, b) => a < b ? -1 : a > b ? 1 : 0;

// src/frameworks/shared/code.ts
async function codeHistories(repo, tool12) {
  const files = repo.paths.filter((path) => tool12.file.test(path));
  const texts = new Map(await Promise.all(files.map(async (file) => [file, await repo.read(file)])));
  const own = files.filter((file) => tool12.says.test(texts.get(file) ?? ""));
  own.sort((a, b) => natural(nameOf2(a), nameOf2(b)));
  return [...groupBy(own, folderOf)].map(([root, paths]) => ({
    framework: tool12.id,
    root,
    migrations: paths.map((file) => {
      const text = texts.get(file) ?? "";
      return {
        id: nameOf2(file).replace(/\.\w+$/, ""),
        framework: tool12.id,
        file,
        sql: blank(text),
        changed: false,
        direction: "up",
        transaction: tool12.outside.test(text) ? "per-statement" : tool12.transaction,
        noTransaction: { how: tool12.how, oneStatement: false },
        unread: [{ line: 1, because: `A migration of ${tool12.title} is a program: the SQL that it sends is not read.` }]
      };
    })
  }));
}
var codeNotes = (layout) => `${layout} The SQL that such a program sends is not read: a migration
that changes is a blind spot, and never passes as checked.`;

// src/frameworks/alembic.ts
var tool = {
  id: "alembic",
  title: "Alembic",
  file: /(^|\/)versions\/[^/]+\.py$/,
  says: /^down_revision\b/m,
  transaction: "all-files",
  outside: /autocommit_block\(\)/,
  how: "Put the statement into `with op.get_context().autocommit_block():`."
};
var alembic_default = defineFramework({
  id: tool.id,
  title: tool.title,
  link: "https://alembic.sqlalchemy.org/",
  historyTable: "alembic_version",
  transaction: tool.transaction,
  notes: codeNotes(
    "`versions/<revision>_name.py`; all pending files are one transaction, except what is in an `autocommit_block()`."
  ),
  histories: (repo) => codeHistories(repo, tool),
  examples: [
    {
      files: { "alembic/versions/a1_users.py": "down_revision = None\n" },
      expect: ["up a1_users alembic/versions/a1_users.py all-files"]
    },
    {
      files: {
        "alembic/versions/a1_users.py": "down_revision = None\nwith op.get_context().autocommit_block():\n    pass"
      },
      expect: ["up a1_users alembic/versions/a1_users.py per-statement"]
    }
  ]
});

// src/frameworks/shared/history.ts
async function historyOf(repo, framework, root, found, base, prepare2 = (text) => ({ sql: text })) {
  const migrations = await Promise.all(
    found.map(async (one) => {
      const prepared = prepare2(await repo.read(one.file), one);
      return { framework, changed: false, unread: [], ...base, ...one, ...prepared, sql: blankPsql(prepared.sql) };
    })
  );
  return { framework, root, migrations };
}

// src/frameworks/atlas.ts
var OTHER = /\.(up|down)\.sql$|^[VRU][\d.]*__/;
var atlas_default = defineFramework({
  id: "atlas",
  title: "Atlas",
  link: "https://atlasgo.io/versioned/intro",
  historyTable: "atlas_schema_revisions.atlas_schema_revisions",
  transaction: "whole-file",
  notes: `\`.sql\` files beside an \`atlas.sum\`, in the order of their names. Each file is a transaction, unless its head says \`-- atlas:txmode none\`; its
statements then commit one by one.`,
  async histories(repo) {
    const folders = new Set(repo.paths.filter((path) => nameOf2(path) === "atlas.sum").map(folderOf));
    const files = repo.paths.filter(
      (path) => path.endsWith(".sql") && folders.has(folderOf(path)) && !OTHER.test(nameOf2(path))
    );
    const foreign = await Promise.all(
      files.map(async (file) => /^--\s*(\+goose\s+up|migrate:up|liquibase formatted)/im.test(await repo.read(file)))
    );
    const own = files.filter((_, index) => !foreign[index]).sort((a, b) => plain(nameOf2(a), nameOf2(b)));
    const noTransaction = {
      how: "Atlas runs a file statement by statement when its head says so, with an empty line after it.",
      marker: "-- atlas:txmode none\n",
      oneStatement: false
    };
    return Promise.all(
      [...groupBy(own, folderOf)].map(
        ([root, paths]) => historyOf(
          repo,
          "atlas",
          root,
          paths.map((file) => ({ id: nameOf2(file).split(/[_.]/)[0] ?? "", file, direction: "up" })),
          { transaction: "whole-file", noTransaction },
          (text) => /^--\s*atlas:txmode\s+none\s*$/m.test(text) ? { sql: text, transaction: "per-statement" } : { sql: text }
        )
      )
    );
  },
  examples: [
    {
      files: {
        "migrations/atlas.sum": "h1:",
        "migrations/20240101_users.sql": "select 1;",
        "migrations/20240102_index.sql": "-- atlas:txmode none\n\nselect 1;"
      },
      expect: [
        "up 20240101 migrations/20240101_users.sql whole-file",
        "up 20240102 migrations/20240102_index.sql per-statement"
      ]
    }
  ]
});

// src/frameworks/shared/numbered-files.ts
async function numberedFiles(repo, framework, files, base, found, prepare2) {
  const sorted = [...files].sort((a, b) => natural(nameOf2(a), nameOf2(b)));
  return Promise.all(
    [...groupBy(sorted, folderOf)].map(
      ([root, paths]) => historyOf(repo, framework, root, paths.flatMap(found), base, prepare2)
    )
  );
}

// src/frameworks/db-migrate.ts
var FILE = /(^|\/)sqls\/(\d{14}-[^/]+)-(up|down)\.sql$/;
var db_migrate_default = defineFramework({
  id: "db-migrate",
  title: "db-migrate",
  link: "https://db-migrate.readthedocs.io/",
  historyTable: "migrations",
  transaction: "whole-file",
  notes: `\`sqls/<14 digits>-name-up.sql\` and \`-down.sql\`, in the order of their names. Each is a transaction, unless db-migrate is started with
\`--non-transactional\`. Migrations in JavaScript are not read.`,
  histories: (repo) => numberedFiles(
    repo,
    "db-migrate",
    repo.paths.filter((path) => FILE.test(path)),
    {
      transaction: "whole-file",
      noTransaction: {
        how: "db-migrate leaves the transaction out when it is started with `--non-transactional`.",
        oneStatement: true
      }
    },
    (file) => {
      const [, , id = nameOf2(file), verb] = FILE.exec(file) ?? [];
      return [{ id, file, direction: verb === "up" ? "up" : "down" }];
    }
  ),
  examples: [
    {
      files: {
        "migrations/sqls/20240101000000-users-up.sql": "select 1;",
        "migrations/sqls/20240101000000-users-down.sql": "select 1;"
      },
      expect: [
        "down 20240101000000-users migrations/sqls/20240101000000-users-down.sql whole-file",
        "up 20240101000000-users migrations/sqls/20240101000000-users-up.sql whole-file"
      ]
    }
  ]
});

// src/frameworks/shared/sections.ts
function sections(text, up, down) {
  let at = null;
  let upLine = "";
  const ups = [];
  const downs = [];
  for (const line of text.split("\n")) {
    const marker = up.test(line) ? "up" : down.test(line) ? "down" : null;
    if (marker) at = marker;
    if (marker === "up") upLine = line;
    ups.push(at === "up" && !marker ? line : blank(line));
    downs.push(at === "down" && !marker ? line : blank(line));
  }
  return { up: ups.join("\n"), down: downs.join("\n"), upLine };
}

// src/frameworks/shared/one-file.ts
async function oneFile(repo, framework, files, markers) {
  const texts = await Promise.all(files.map(async (file) => [file, await repo.read(file)]));
  const own = texts.filter(([, text]) => text.split("\n").some((line) => markers.up.test(line))).map(([file]) => file);
  const tidy2 = markers.tidy ?? ((sql) => sql);
  return Promise.all(
    [
      ...groupBy(
        [...own].sort((a, b) => natural(nameOf2(a), nameOf2(b))),
        folderOf
      )
    ].map(([root, paths]) => {
      const found = paths.flatMap((file) => [
        { id: markers.id(file), file, direction: "up" },
        { id: markers.id(file), file, direction: "down" }
      ]);
      const base = { transaction: "whole-file", noTransaction: markers.noTransaction };
      return historyOf(repo, framework, root, found, base, (text, { direction }) => {
        const parts2 = sections(text, markers.up, markers.down);
        const sql = tidy2(direction === "up" ? parts2.up : parts2.down);
        return markers.outside.test(text) ? { sql, transaction: markers.then } : { sql };
      });
    })
  );
}
var digitsOf = (file) => /^\d+/.exec(nameOf2(file))?.[0] ?? nameOf2(file);
var numbered = (paths) => paths.filter((path) => /(^|\/)\d+[^/]*\.sql$/.test(path) && !/\.(up|down)\.sql$/.test(path));

// src/frameworks/dbmate.ts
var dbmate_default = defineFramework({
  id: "dbmate",
  title: "dbmate",
  link: "https://github.com/amacneil/dbmate",
  historyTable: "schema_migrations",
  transaction: "whole-file",
  notes: `Numbered files with \`-- migrate:up\` and \`-- migrate:down\`. Each section is a transaction, unless its marker says \`transaction:false\`; it is then one
message, and may hold one statement.`,
  histories: (repo) => oneFile(repo, "dbmate", numbered(repo.paths), {
    up: /^--\s*migrate:up(\s|$)/,
    down: /^--\s*migrate:down(\s|$)/,
    outside: /^--\s*migrate:up\s+.*transaction:\s*false/m,
    then: "one-message",
    noTransaction: {
      how: "dbmate runs a section without a transaction when its marker says so.",
      marker: "-- migrate:up transaction:false",
      oneStatement: true
    },
    id: digitsOf
  }),
  examples: [
    {
      files: {
        "db/migrations/1_users.sql": "-- migrate:up\ncreate table users (id bigint);\n-- migrate:down\ndrop table users;",
        "db/migrations/2_index.sql": "-- migrate:up transaction:false\nselect 1;\n-- migrate:down\n"
      },
      expect: [
        "up 1 db/migrations/1_users.sql whole-file",
        "down 1 db/migrations/1_users.sql whole-file",
        "up 2 db/migrations/2_index.sql one-message",
        "down 2 db/migrations/2_index.sql one-message"
      ]
    }
  ]
});

// src/frameworks/diesel.ts
var FILE2 = /(^|\/)\d[\w-]*\/(up|down)\.sql$/;
var version = (file) => (nameOf2(folderOf(file)).split("_")[0] ?? "").replaceAll("-", "");
var diesel_default = defineFramework({
  id: "diesel",
  title: "Diesel",
  link: "https://diesel.rs/guides/getting-started",
  historyTable: "__diesel_schema_migrations",
  transaction: "whole-file",
  notes: `Folders with \`up.sql\` and \`down.sql\` in a repository with a \`diesel.toml\`, in the order of their versions. Each is a transaction, unless its
\`metadata.toml\` says \`run_in_transaction = false\`; it is then one message, and may hold one statement.`,
  async histories(repo) {
    const marks = repo.paths.some((path) => /(^|\/)(diesel\.toml|Cargo\.toml)$/.test(path));
    const files = marks ? repo.paths.filter((path) => FILE2.test(path)) : [];
    const outside2 = /* @__PURE__ */ new Set();
    for (const path of repo.paths)
      if (path.endsWith("/metadata.toml") && /run_in_transaction\s*=\s*false/.test(await repo.read(path)))
        outside2.add(folderOf(path));
    const noTransaction = {
      how: "Diesel runs a migration without a transaction when `metadata.toml` beside it says `run_in_transaction = false`.",
      oneStatement: true
    };
    const sorted = files.sort((a, b) => plain(version(a), version(b)) || plain(b, a));
    return Promise.all(
      [...groupBy(sorted, (file) => folderOf(folderOf(file)))].map(([root, paths]) => {
        const found = paths.map((file) => ({
          id: version(file),
          file,
          direction: nameOf2(file) === "up.sql" ? "up" : "down",
          ...outside2.has(folderOf(file)) ? { transaction: "one-message" } : {}
        }));
        return historyOf(repo, "diesel", root, found, { transaction: "whole-file", noTransaction });
      })
    );
  },
  examples: [
    {
      files: {
        "diesel.toml": "",
        "migrations/2024-01-01-000000_users/up.sql": "select 1;",
        "migrations/2024-01-01-000000_users/down.sql": "select 1;",
        "migrations/2024-01-02-000000_index/up.sql": "select 1;",
        "migrations/2024-01-02-000000_index/metadata.toml": "run_in_transaction = false"
      },
      expect: [
        "up 20240101000000 migrations/2024-01-01-000000_users/up.sql whole-file",
        "down 20240101000000 migrations/2024-01-01-000000_users/down.sql whole-file",
        "up 20240102000000 migrations/2024-01-02-000000_index/up.sql one-message"
      ]
    }
  ]
});

// src/frameworks/django.ts
var tool2 = {
  id: "django",
  title: "Django",
  file: /(^|\/)migrations\/\d{4}_\w+\.py$/,
  says: /migrations\.Migration\b/,
  transaction: "whole-file",
  outside: /^\s+atomic\s*=\s*False\b/m,
  how: "Put `atomic = False` into the migration class."
};
var django_default = defineFramework({
  id: tool2.id,
  title: tool2.title,
  link: "https://docs.djangoproject.com/en/stable/topics/migrations/",
  historyTable: "django_migrations",
  transaction: tool2.transaction,
  notes: codeNotes("`<app>/migrations/NNNN_name.py`; each is a transaction, unless it says `atomic = False`."),
  histories: (repo) => codeHistories(repo, tool2),
  examples: [
    {
      files: { "shop/migrations/0001_users.py": "class Migration(migrations.Migration):\n    pass" },
      expect: ["up 0001_users shop/migrations/0001_users.py whole-file"]
    },
    {
      files: { "shop/migrations/0001_users.py": "class Migration(migrations.Migration):\n    atomic = False" },
      expect: ["up 0001_users shop/migrations/0001_users.py per-statement"]
    }
  ]
});

// src/frameworks/drizzle.ts
var BREAKPOINT = "--> statement-breakpoint";
var prepare = (text) => ({
  sql: text.replaceAll(
    /;?([ \t]*)--> statement-breakpoint/g,
    (whole2, space) => `;${space}${" ".repeat(whole2.length - 1 - space.length)}`
  )
});
async function journal(repo, path) {
  const parsed = JSON.parse(await repo.read(path));
  const { entries = [] } = parsed;
  return entries.flatMap((entry) => entry.tag ?? []);
}
var drizzle_default = defineFramework({
  id: "drizzle",
  title: "Drizzle Kit",
  link: "https://orm.drizzle.team/docs/migrations",
  historyTable: "drizzle.__drizzle_migrations",
  transaction: "all-files",
  notes: `The files that \`meta/_journal.json\` lists, in its order. \`${BREAKPOINT}\` parts the statements. All pending files run in one
transaction, which Drizzle offers no way out of. There are no down files.`,
  async histories(repo) {
    const journals = repo.paths.filter((path) => /(^|\/)meta\/_journal\.json$/.test(path)).sort(plain);
    const known2 = new Set(repo.paths);
    const found = await Promise.all(
      journals.map(async (path) => {
        const root = folderOf(folderOf(path));
        const files = (await journal(repo, path)).map((tag) => ({
          id: tag,
          file: root === "" ? `${tag}.sql` : `${root}/${tag}.sql`,
          direction: "up"
        }));
        return historyOf(
          repo,
          "drizzle",
          root,
          files.filter(({ file }) => known2.has(file)),
          { transaction: "all-files", noTransaction: null },
          prepare
        );
      })
    );
    return found.filter((history) => history.migrations.length > 0);
  },
  examples: [
    {
      files: {
        "drizzle/meta/_journal.json": '{"entries":[{"tag":"0000_users"},{"tag":"0001_orders"}]}',
        "drizzle/0000_users.sql": "create table users (id bigint)\n--> statement-breakpoint\ncreate index on users (id);",
        "drizzle/0001_orders.sql": "create table orders (id bigint);"
      },
      expect: ["up 0000_users drizzle/0000_users.sql all-files", "up 0001_orders drizzle/0001_orders.sql all-files"]
    }
  ]
});

// src/frameworks/ecto.ts
var tool3 = {
  id: "ecto",
  title: "Ecto",
  file: /(^|\/)migrations\/\d+_\w+\.exs$/,
  says: /use\s+Ecto\.Migration\b/,
  transaction: "whole-file",
  outside: /@disable_ddl_transaction\s+true/,
  how: "Put `@disable_ddl_transaction true` and `@disable_migration_lock true` into the module."
};
var ecto_default = defineFramework({
  id: tool3.id,
  title: tool3.title,
  link: "https://hexdocs.pm/ecto_sql/Ecto.Migration.html",
  historyTable: "schema_migrations",
  transaction: tool3.transaction,
  notes: codeNotes(
    "`priv/repo/migrations/<digits>_name.exs`; each is a transaction, unless it says `@disable_ddl_transaction true`."
  ),
  histories: (repo) => codeHistories(repo, tool3),
  examples: [
    {
      files: { "priv/repo/migrations/20240101000000_users.exs": "use Ecto.Migration\n" },
      expect: ["up 20240101000000_users priv/repo/migrations/20240101000000_users.exs whole-file"]
    },
    {
      files: { "priv/repo/migrations/20240101000000_users.exs": "use Ecto.Migration\n@disable_ddl_transaction true\n" },
      expect: ["up 20240101000000_users priv/repo/migrations/20240101000000_users.exs per-statement"]
    }
  ]
});

// src/frameworks/ef-core.ts
var tool4 = {
  id: "ef-core",
  title: "EF Core",
  file: /(^|\/)\d{14}_\w+\.cs$/,
  says: /:\s*Migration\b/,
  transaction: "whole-file",
  outside: /suppressTransaction:\s*true/,
  how: "Pass `suppressTransaction: true` to `migrationBuilder.Sql`."
};
var ef_core_default = defineFramework({
  id: tool4.id,
  title: tool4.title,
  link: "https://learn.microsoft.com/ef/core/managing-schemas/migrations/",
  historyTable: "__EFMigrationsHistory",
  transaction: tool4.transaction,
  notes: codeNotes(
    "`Migrations/<14 digits>_Name.cs`; each is a transaction, except what is sent with `suppressTransaction: true`."
  ),
  histories: (repo) => codeHistories(repo, tool4),
  examples: [
    {
      files: { "Migrations/20240101000000_Users.cs": "class Users : Migration {}" },
      expect: ["up 20240101000000_Users Migrations/20240101000000_Users.cs whole-file"]
    },
    {
      files: { "Migrations/20240101000000_Users.cs": "class Users : Migration { /* suppressTransaction: true */ }" },
      expect: ["up 20240101000000_Users Migrations/20240101000000_Users.cs per-statement"]
    }
  ]
});

// src/frameworks/flyway.ts
var FILE3 = /^V([\d._]+?)__.*\.sql$/;
var ALONE = /^\s*(?:(?:create|drop)\s+(?:unique\s+)?index\s+concurrently|(?:create|drop)\s+(?:database|tablespace|subscription)|alter\s+system|reindex\s+(?:verbose\s+)?(?:schema|database|system)|vacuum|discard\s+all)\b/i;
var statements = (text) => text.replace(/--[^\n]*/g, "").split(";").map((part) => part.trim()).filter((part) => part !== "");
var flyway_default = defineFramework({
  id: "flyway",
  title: "Flyway",
  link: "https://documentation.red-gate.com/flyway",
  historyTable: "flyway_schema_history",
  transaction: "whole-file",
  notes: `\`V1__name.sql\` in the order of their versions; placeholders \`\${name}\` stand for their own names. Each file is a transaction, except one that holds only
statements that refuse a transaction. Repeatable (\`R__\`) and undo (\`U1__\`) files are not read yet.`,
  async histories(repo) {
    const files = repo.paths.filter((path) => FILE3.test(nameOf2(path)));
    const version3 = (path) => (FILE3.exec(nameOf2(path))?.[1] ?? "").replaceAll("_", ".");
    const base = {
      transaction: "whole-file",
      noTransaction: {
        how: "Flyway runs a file without a transaction when it holds only statements that refuse one.",
        oneStatement: false
      }
    };
    return Promise.all(
      [
        ...groupBy(
          files.sort((a, b) => natural(version3(a), version3(b))),
          folderOf
        )
      ].map(
        ([root, paths]) => historyOf(
          repo,
          "flyway",
          root,
          paths.map((file) => ({ id: version3(file), file, direction: "up" })),
          base,
          (text) => {
            const sql = text.replace(
              /\$\{(?:[\w.-]+[.:])?([\w-]+)\}/g,
              (whole2, name) => name.replaceAll("-", "_").padEnd(whole2.length)
            );
            const parts2 = statements(sql);
            return parts2.length > 0 && parts2.every((part) => ALONE.test(part)) ? { sql, transaction: "per-statement" } : { sql };
          }
        )
      )
    );
  },
  examples: [
    {
      files: {
        "db/migration/V2__orders.sql": "create table orders (id bigint);",
        "db/migration/V1_1__users.sql": "select 1;",
        "db/migration/V10__index.sql": "create index concurrently a on orders (id);"
      },
      expect: [
        "up 1.1 db/migration/V1_1__users.sql whole-file",
        "up 2 db/migration/V2__orders.sql whole-file",
        "up 10 db/migration/V10__index.sql per-statement"
      ]
    }
  ]
});

// src/frameworks/shared/up-down.ts
async function upDown(repo, framework, files, base, prepare2) {
  const version3 = (path) => BigInt(/^\d+/.exec(nameOf2(path))?.[0] ?? "0");
  const sorted = [...files].sort(
    (a, b) => version3(a) < version3(b) ? -1 : version3(a) > version3(b) ? 1 : a < b ? -1 : 1
  );
  return Promise.all(
    [...groupBy(sorted, folderOf)].map(([root, paths]) => {
      const found = paths.map((file) => ({
        id: nameOf2(file).replace(/(\.(up|down))?\.sql$/, ""),
        file,
        direction: file.endsWith(".down.sql") ? "down" : "up"
      }));
      return historyOf(repo, framework, root, found, base, prepare2);
    })
  );
}
var UP = /^\d+_.*\.up\.sql$/;
var pairs = (paths) => {
  const folders = new Set(paths.filter((path) => UP.test(nameOf2(path))).map(folderOf));
  return paths.filter((path) => folders.has(folderOf(path)) && /^\d+_.*\.(up|down)\.sql$/.test(nameOf2(path)));
};
var usesSqlx = (paths) => paths.some((path) => /(^|\/)(\.sqlx\/|sqlx-data\.json$|sqlx\.toml$)/.test(path)) || paths.some((path) => /(^|\/)Cargo\.toml$/.test(path)) && !paths.some((path) => /(^|\/)(go\.mod|diesel\.toml)$/.test(path));

// src/frameworks/golang-migrate.ts
var golang_migrate_default = defineFramework({
  id: "golang-migrate",
  title: "golang-migrate",
  link: "https://github.com/golang-migrate/migrate",
  historyTable: "schema_migrations",
  transaction: "one-message",
  notes: `\`NNN_name.up.sql\` and \`NNN_name.down.sql\`, in the order of their numbers. A file is sent as one message: several statements in it are one
transaction, so an index that is built concurrently must be alone in its file.`,
  async histories(repo) {
    const files = pairs(repo.paths);
    if (files.length === 0 || usesSqlx(repo.paths)) return [];
    const noTransaction = {
      how: "golang-migrate sends a file as one message, which is a transaction unless it holds one statement only: give it a file of its own.",
      oneStatement: true
    };
    return upDown(repo, "golang-migrate", files, { transaction: "one-message", noTransaction });
  },
  examples: [
    {
      files: {
        "db/10_orders.up.sql": "select 1;",
        "db/9_users.up.sql": "select 1;",
        "db/9_users.down.sql": "select 1;"
      },
      expect: [
        "down 9_users db/9_users.down.sql one-message",
        "up 9_users db/9_users.up.sql one-message",
        "up 10_orders db/10_orders.up.sql one-message"
      ]
    }
  ]
});

// src/frameworks/goose.ts
var tidy = (sql) => sql.replace(/^--\s*\+goose\s+StatementEnd.*$/gim, (whole2) => `;${" ".repeat(whole2.length - 1)}`).replace(/^--\s*\+goose.*$/gim, (whole2) => " ".repeat(whole2.length));
var goose_default = defineFramework({
  id: "goose",
  title: "goose",
  link: "https://pressly.github.io/goose/",
  historyTable: "goose_db_version",
  transaction: "whole-file",
  notes: `Numbered files with \`-- +goose Up\` and \`-- +goose Down\`. Each file is a transaction, unless it says \`-- +goose NO TRANSACTION\`; its statements
then commit one by one. Migrations in Go are not read.`,
  histories: (repo) => oneFile(repo, "goose", numbered(repo.paths), {
    up: /^--\s*\+goose\s+Up\b/i,
    down: /^--\s*\+goose\s+Down\b/i,
    outside: /^--\s*\+goose\s+NO\s+TRANSACTION/im,
    then: "per-statement",
    noTransaction: {
      how: "goose runs a file statement by statement when it says so before the first section.",
      marker: "-- +goose NO TRANSACTION",
      oneStatement: false
    },
    id: digitsOf,
    tidy
  }),
  examples: [
    {
      files: {
        "sql/00001_users.sql": "-- +goose Up\n-- +goose StatementBegin\nselect 1\n-- +goose StatementEnd\n-- +goose Down\nselect 2;"
      },
      expect: ["up 00001 sql/00001_users.sql whole-file", "down 00001 sql/00001_users.sql whole-file"]
    },
    {
      files: { "sql/00002_index.sql": "-- +goose NO TRANSACTION\n-- +goose Up\nselect 1;\n-- +goose Down\n" },
      expect: ["up 00002 sql/00002_index.sql per-statement", "down 00002 sql/00002_index.sql per-statement"]
    }
  ]
});

// src/frameworks/graphile-migrate.ts
var FILE4 = /(^|\/)committed\/\d{6}(-[^/]*)?\.sql$/;
var HEADER = /^--!\s*(Previous|Hash):/m;
var placeholders = (sql) => sql.replace(/(?<![:\w\]]):([A-Z][A-Z0-9_]+)\b/g, (_, name) => `${name} `);
var graphile_migrate_default = defineFramework({
  id: "graphile-migrate",
  title: "graphile-migrate",
  link: "https://github.com/graphile/migrate",
  historyTable: "graphile_migrate.migrations",
  transaction: "whole-file",
  notes: `\`committed/NNNNNN-name.sql\`, in the order of their numbers; placeholders \`:NAME\` stand for their own names. Each file is a transaction, unless its
body begins with \`--! no-transaction\`; it is then one message, and may hold one statement. \`current.sql\` is not read.`,
  async histories(repo) {
    const files = repo.paths.filter((path) => FILE4.test(path));
    const texts = await Promise.all(files.map(async (file) => HEADER.test(await repo.read(file))));
    const own = files.filter((_, index) => texts[index]);
    return numberedFiles(
      repo,
      "graphile-migrate",
      own,
      {
        transaction: "whole-file",
        noTransaction: {
          how: "graphile-migrate runs a file without a transaction when the first line of its body says so.",
          marker: "--! no-transaction",
          oneStatement: true
        }
      },
      (file) => [{ id: nameOf2(file), file, direction: "up" }],
      (text) => {
        const sql = placeholders(text);
        return /^--!\s*no-transaction\b/m.test(text) ? { sql, transaction: "one-message" } : { sql };
      }
    );
  },
  examples: [
    {
      files: {
        "migrations/committed/000001.sql": "--! Previous: -\n--! Hash: sha1:0\n\ngrant connect on database :DATABASE_NAME to app;",
        "migrations/committed/000002-index.sql": "--! Previous: sha1:0\n--! Hash: sha1:1\n\n--! no-transaction\nselect 1;"
      },
      expect: [
        "up 000001.sql migrations/committed/000001.sql whole-file",
        "up 000002-index.sql migrations/committed/000002-index.sql one-message"
      ]
    }
  ]
});

// src/frameworks/hasura.ts
var FILE5 = /(^|\/)migrations\/(?:[^/]+\/)*\d{13}_[^/]*\/(up|down)\.sql$/;
var version2 = (file) => /^\d+/.exec(nameOf2(folderOf(file)))?.[0] ?? "";
var hasura_default = defineFramework({
  id: "hasura",
  title: "Hasura CLI",
  link: "https://hasura.io/docs/2.0/migrations-metadata-seeds/overview/",
  historyTable: "hdb_catalog.hdb_version",
  transaction: "whole-file",
  notes: `\`migrations/<database>/<milliseconds>_name/up.sql\` and \`down.sql\`, in the order of their numbers. The server runs each in a transaction, and the CLI
offers no way out of it.`,
  async histories(repo) {
    const files = repo.paths.filter((path) => FILE5.test(path));
    const sorted = files.sort((a, b) => natural(version2(a), version2(b)) || plain(b, a));
    return Promise.all(
      [...groupBy(sorted, (file) => folderOf(folderOf(file)))].map(
        ([root, paths]) => historyOf(
          repo,
          "hasura",
          root,
          paths.map((file) => ({
            id: version2(file),
            file,
            direction: nameOf2(file) === "up.sql" ? "up" : "down"
          })),
          { transaction: "whole-file", noTransaction: null }
        )
      )
    );
  },
  examples: [
    {
      files: {
        "migrations/default/1700000000001_orders/up.sql": "select 1;",
        "migrations/default/1700000000000_users/up.sql": "select 1;",
        "migrations/default/1700000000000_users/down.sql": "select 1;"
      },
      expect: [
        "up 1700000000000 migrations/default/1700000000000_users/up.sql whole-file",
        "down 1700000000000 migrations/default/1700000000000_users/down.sql whole-file",
        "up 1700000000001 migrations/default/1700000000001_orders/up.sql whole-file"
      ]
    }
  ]
});

// src/frameworks/knex.ts
var tool5 = {
  id: "knex",
  title: "Knex",
  file: /(^|\/)migrations?\/[^/]*\d{14}_[^/]+\.[cm]?[jt]s$/,
  says: /\bknex\b/i,
  transaction: "all-files",
  outside: /\btransaction\s*:\s*false\b/,
  how: "Put `exports.config = { transaction: false }` into the migration."
};
var knex_default = defineFramework({
  id: tool5.id,
  title: tool5.title,
  link: "https://knexjs.org/guide/migrations.html",
  historyTable: "knex_migrations",
  transaction: tool5.transaction,
  notes: codeNotes(
    "`migrations/<14 digits>_name.js` or `.ts`; all pending files are one transaction, unless one says `config = { transaction: false }`."
  ),
  histories: (repo) => codeHistories(repo, tool5),
  examples: [
    {
      files: { "migrations/20240101000000_users.js": "exports.up = knex => knex.schema;" },
      expect: ["up 20240101000000_users migrations/20240101000000_users.js all-files"]
    },
    {
      files: {
        "migrations/20240101000000_users.js": "exports.up = knex => knex.schema;\nexports.config = { transaction: false };"
      },
      expect: ["up 20240101000000_users migrations/20240101000000_users.js per-statement"]
    }
  ]
});

// src/frameworks/kysely.ts
var tool6 = {
  id: "kysely",
  title: "Kysely",
  file: /(^|\/)migrations?\/[^/]+\.[cm]?[jt]s$/,
  says: /\bKysely\b[\s\S]*\bexport\s+(async\s+)?(function|const)\s+up\b/,
  transaction: "all-files",
  outside: /(?!)/,
  how: "Run the migrator with `disableTransactions: true`."
};
var kysely_default = defineFramework({
  id: tool6.id,
  title: tool6.title,
  link: "https://kysely.dev/docs/migrations",
  historyTable: "kysely_migration",
  transaction: tool6.transaction,
  notes: codeNotes(
    "Programs in folders called `migrations` that import Kysely; all pending files are one transaction."
  ),
  histories: (repo) => codeHistories(repo, tool6),
  examples: [
    {
      files: {
        "migrations/2024-01-01-users.ts": "import type { Kysely } from 'kysely';\nexport const up = async (db: Kysely<Shop>) => {};"
      },
      expect: ["up 2024-01-01-users migrations/2024-01-01-users.ts all-files"]
    }
  ]
});

// src/frameworks/liquibase.ts
var HEAD = /^\uFEFF?\s*--\s*liquibase\s*formatted\s+sql/i;
var CHANGESET = /^\s*--\s*changeset\s.*$/gim;
var OUTSIDE = /runInTransaction:\s*"?false/i;
var placeholders2 = (sql) => sql.replace(
  /\$\{(?:[\w.-]+[.:])?([\w-]+)\}/g,
  (whole2, name) => name.replaceAll("-", "_").padEnd(whole2.length)
);
var liquibase_default = defineFramework({
  id: "liquibase",
  title: "Liquibase (formatted SQL)",
  link: "https://docs.liquibase.com/",
  historyTable: "databasechangelog",
  transaction: "whole-file",
  notes: `SQL files that begin with \`--liquibase formatted sql\`, in folders whose path speaks of changes, migrations, Liquibase or a database, in the natural
order of their names. A file is taken for one transaction (Liquibase commits each changeset), unless all its changesets say \`runInTransaction:false\`; where
only some do, that is a blind spot. Changelogs in XML, YAML and JSON, and the order that they give, are not read; nor are rollbacks.`,
  async histories(repo) {
    const files = repo.paths.filter((path) => path.endsWith(".sql") && /change|migrat|liquibase|(^|\/)db\//i.test(path));
    const heads = await Promise.all(files.map(async (file) => HEAD.test(await repo.read(file))));
    return numberedFiles(
      repo,
      "liquibase",
      files.filter((_, index) => heads[index]),
      {
        transaction: "whole-file",
        noTransaction: {
          how: "Liquibase runs a changeset statement by statement when its line says `runInTransaction:false`.",
          oneStatement: false
        }
      },
      (file) => [{ id: nameOf2(file), file, direction: "up" }],
      (text) => {
        const sql = placeholders2(text);
        const sets = [...text.matchAll(CHANGESET)];
        const outside2 = sets.filter(([line2]) => OUTSIDE.test(line2));
        const first = outside2[0];
        if (!first) return { sql };
        if (outside2.length === sets.length) return { sql, transaction: "per-statement" };
        const line = text.slice(0, first.index + first[0].search(/\S/)).split("\n").length;
        return {
          sql,
          unread: [
            { line, because: "Only some changesets of this file run in a transaction; all were read as if they did." }
          ]
        };
      }
    );
  },
  examples: [
    {
      files: {
        "db/changelog/1-users.sql": "--liquibase formatted sql\n--changeset ann:1\nselect 1;",
        "db/changelog/2-index.sql": "--liquibase formatted sql\n--changeset ann:2 runInTransaction:false\nselect 1;"
      },
      expect: [
        "up 1-users.sql db/changelog/1-users.sql whole-file",
        "up 2-index.sql db/changelog/2-index.sql per-statement"
      ]
    }
  ]
});

// src/frameworks/mikro-orm.ts
var tool7 = {
  id: "mikro-orm",
  title: "MikroORM",
  file: /(^|\/)Migration\d{14}\w*\.[cm]?[jt]s$/,
  says: /\baddSql\b|extends\s+Migration\b/,
  transaction: "all-files",
  outside: /isTransactional\(\)[^{]*\{\s*return\s+false/,
  how: "Put `isTransactional() { return false; }` into the class."
};
var mikro_orm_default = defineFramework({
  id: tool7.id,
  title: tool7.title,
  link: "https://mikro-orm.io/docs/migrations",
  historyTable: "mikro_orm_migrations",
  transaction: tool7.transaction,
  notes: codeNotes(
    "`Migration<14 digits>.ts` or `.js`; all pending files are one transaction, unless a class says `isTransactional() { return false; }`."
  ),
  histories: (repo) => codeHistories(repo, tool7),
  examples: [
    {
      files: { "migrations/Migration20240101000000.ts": "class A extends Migration {}" },
      expect: ["up Migration20240101000000 migrations/Migration20240101000000.ts all-files"]
    },
    {
      files: {
        "migrations/Migration20240101000000.ts": "class A extends Migration {\n  isTransactional() { return false; }\n}"
      },
      expect: ["up Migration20240101000000 migrations/Migration20240101000000.ts per-statement"]
    }
  ]
});

// src/frameworks/node-pg-migrate.ts
var node_pg_migrate_default = defineFramework({
  id: "node-pg-migrate",
  title: "node-pg-migrate",
  link: "https://salsita.github.io/node-pg-migrate/",
  historyTable: "pgmigrations",
  transaction: "all-files",
  notes: `SQL files with \`-- Up Migration\` and \`-- Down Migration\`. All pending files are one transaction, and a SQL file has no way out of it. Migrations in
JavaScript are not read.`,
  async histories(repo) {
    const histories = await oneFile(repo, "node-pg-migrate", numbered(repo.paths), {
      up: /^\s*--[\s-]*up\s+migration/i,
      down: /^\s*--[\s-]*down\s+migration/i,
      outside: /(?!)/,
      then: "whole-file",
      noTransaction: { how: "Write it in JavaScript, with `pgm.noTransaction()`.", oneStatement: false },
      id: (file) => nameOf2(file).replace(/\.sql$/, "")
    });
    return histories.map((history) => ({
      ...history,
      migrations: history.migrations.map((one) => ({ ...one, transaction: "all-files" }))
    }));
  },
  examples: [
    {
      files: { "migrations/1700000000000_users.sql": "-- Up Migration\nselect 1;\n-- Down Migration\nselect 2;" },
      expect: [
        "up 1700000000000_users migrations/1700000000000_users.sql all-files",
        "down 1700000000000_users migrations/1700000000000_users.sql all-files"
      ]
    }
  ]
});

// src/frameworks/plain-sql.ts
var DIRECTIVE = /^\s*--\s*migration-gate:\s*transaction\s+(per-statement|whole-file|as-written)\s*$/m;
var DOWN = /(^|[._/-])(down|undo|rollback|revert)\.sql$/i;
var plain_sql_default = defineFramework({
  id: "plain-sql",
  title: "Plain SQL files",
  link: "https://www.postgresql.org/docs/current/app-psql.html",
  historyTable: "none",
  transaction: "whole-file",
  notes: `\`.sql\` files of folders called \`migrations\` or \`migrate\` that no tool claims, or those that \`paths\` names, in the natural order of their names.
Each is taken for one transaction; a comment \`-- migration-gate: transaction per-statement\` (or \`whole-file\`, \`as-written\`) says otherwise.`,
  async histories(repo) {
    const files = repo.paths.filter((path) => path.endsWith(".sql") && /(^|\/)(migrations?|migrate)\//i.test(path));
    return this.of?.(repo, files) ?? [];
  },
  of: async (repo, files) => {
    const base = {
      transaction: "whole-file",
      noTransaction: {
        how: "Run the file statement by statement, and say so in it.",
        marker: "-- migration-gate: transaction per-statement",
        oneStatement: false
      }
    };
    return Promise.all(
      [...groupBy([...files].sort(natural), folderOf)].map(
        ([root, paths]) => historyOf(
          repo,
          "plain-sql",
          root,
          paths.map((file) => ({
            id: nameOf2(file),
            file,
            direction: DOWN.test(file) ? "down" : "up"
          })),
          base,
          (text) => {
            const said = DIRECTIVE.exec(text)?.[1];
            return said ? { sql: text, transaction: said } : { sql: text };
          }
        )
      )
    );
  },
  examples: [
    {
      files: {
        "migrations/2.sql": "-- migration-gate: transaction per-statement\nselect 1;",
        "migrations/10.sql": "select 1;"
      },
      expect: ["up 2.sql migrations/2.sql per-statement", "up 10.sql migrations/10.sql whole-file"]
    }
  ]
});

// src/frameworks/shared/templates.ts
var CONTROL = /^\{\{-?\s*(if|else|end|range|with|define|block|template)\b/;
function templates(text) {
  const unread = [];
  const sql = text.replace(/\{\{[\s\S]*?\}\}/g, (whole2, at) => {
    if (CONTROL.test(whole2)) {
      const line = text.slice(0, at).split("\n").length;
      unread.push({ line, because: "A template decides what is sent here; it is not rendered." });
      return blank(whole2);
    }
    return whole2.includes("\n") ? blank(whole2) : "template".slice(0, whole2.length).padEnd(whole2.length, "_");
  });
  return { sql, unread };
}

// src/frameworks/pop.ts
var FILE6 = /^(\d+)_([^.]+)(?:\.(\w+))?(\.autocommit)?\.(up|down)\.sql$/;
var DIALECTS = /* @__PURE__ */ new Set(["postgres", "cockroach", "mysql", "sqlite3", "sqlite", "mariadb", "mssql"]);
var pop_default = defineFramework({
  id: "pop",
  title: "pop and popx",
  link: "https://gobuffalo.io/documentation/database/migrations/",
  historyTable: "schema_migration",
  transaction: "whole-file",
  notes: `\`NNN_name.postgres.up.sql\`, or \`NNN_name.up.sql\` where there is none for Postgres, in folders where files name their database. Each file is a
transaction, unless its name has \`.autocommit\` (popx); it is then one message. Go templates are not rendered: those that decide what is sent become blind spots.`,
  histories(repo) {
    const parts2 = (path) => FILE6.exec(nameOf2(path)) ?? [];
    const all2 = repo.paths.filter((path) => FILE6.test(nameOf2(path)));
    const folders = new Set(all2.filter((path) => DIALECTS.has(parts2(path)[3] ?? "")).map(folderOf));
    const here = all2.filter((path) => folders.has(folderOf(path)));
    const key = (path) => `${folderOf(path)} ${parts2(path)[1]} ${parts2(path)[5]}`;
    const own = new Set(here.filter((path) => parts2(path)[3] === "postgres").map(key));
    const files = here.filter((path) => {
      const dialect = parts2(path)[3];
      return dialect === "postgres" || (dialect === void 0 || dialect === "autocommit") && !own.has(key(path));
    });
    return numberedFiles(
      repo,
      "pop",
      files,
      {
        transaction: "whole-file",
        noTransaction: {
          how: "popx runs a file without a transaction when its name ends in `.autocommit.up.sql`.",
          oneStatement: true
        }
      },
      (file) => [{ id: parts2(file)[1] ?? "", file, direction: parts2(file)[5] === "up" ? "up" : "down" }],
      (text, { file }) => file.includes(".autocommit.") ? { ...templates(text), transaction: "one-message" } : templates(text)
    );
  },
  examples: [
    {
      files: {
        "sql/1_users.postgres.up.sql": "select 1;",
        "sql/1_users.mysql.up.sql": "select 1;",
        "sql/1_users.up.sql": "select 1;",
        "sql/2_orders.autocommit.up.sql": "select 1;"
      },
      expect: ["up 1 sql/1_users.postgres.up.sql whole-file", "up 2 sql/2_orders.autocommit.up.sql one-message"]
    }
  ]
});

// src/frameworks/postgrator.ts
var FILE7 = /^(\d+)\.(do|undo)(\.[^.]*)?\.sql$/;
var postgrator_default = defineFramework({
  id: "postgrator",
  title: "postgrator",
  link: "https://github.com/rickbergfalk/postgrator",
  historyTable: "schemaversion",
  transaction: "one-message",
  notes: `\`NNN.do.name.sql\` and \`NNN.undo.name.sql\`, in the order of their numbers. A file is sent as one message: several statements in it are one
transaction, so an index that is built concurrently must be alone in its file. Migrations in JavaScript are not read.`,
  histories: (repo) => numberedFiles(
    repo,
    "postgrator",
    repo.paths.filter((path) => FILE7.test(nameOf2(path))),
    {
      transaction: "one-message",
      noTransaction: {
        how: "postgrator sends a file as one message, which is a transaction unless it holds one statement only: give it a file of its own.",
        oneStatement: true
      }
    },
    (file) => {
      const [, id = "", verb] = FILE7.exec(nameOf2(file)) ?? [];
      return [{ id, file, direction: verb === "do" ? "up" : "down" }];
    }
  ),
  examples: [
    {
      files: {
        "migrations/010.do.orders.sql": "select 1;",
        "migrations/9.do.sql": "select 1;",
        "migrations/9.undo.sql": "select 1;"
      },
      expect: [
        "up 9 migrations/9.do.sql one-message",
        "down 9 migrations/9.undo.sql one-message",
        "up 010 migrations/010.do.orders.sql one-message"
      ]
    }
  ]
});

// src/frameworks/prisma.ts
var FILE8 = /^(.*?)\/?([^/]+)\/migration\.sql$/;
var prisma_default = defineFramework({
  id: "prisma",
  title: "Prisma Migrate",
  link: "https://www.prisma.io/docs/orm/prisma-migrate",
  historyTable: "_prisma_migrations",
  transaction: "one-message",
  notes: `Folders with a \`migration.sql\` beside a \`migration_lock.toml\`, in the order of their names. A file is sent as one message:
several statements in it are one transaction, so an index that is built concurrently must be alone in its file. There are no down files.`,
  async histories(repo) {
    const roots = new Set(repo.paths.filter((path) => path.endsWith("migration_lock.toml")).map(folderOf));
    if (roots.size === 0) return [];
    const files = repo.paths.filter((path) => path.endsWith("/migration.sql") && roots.has(folderOf(folderOf(path))));
    const base = {
      transaction: "one-message",
      noTransaction: {
        how: "Prisma runs a migration without a transaction when its file holds one statement only: give it a file of its own.",
        oneStatement: true
      }
    };
    return Promise.all(
      [...groupBy(files.sort(plain), (path) => folderOf(folderOf(path)))].map(
        ([root, paths]) => historyOf(
          repo,
          "prisma",
          root,
          paths.map((file) => ({ id: FILE8.exec(file)?.[2] ?? file, file, direction: "up" })),
          base
        )
      )
    );
  },
  examples: [
    {
      files: {
        "prisma/migrations/migration_lock.toml": 'provider = "postgresql"',
        "prisma/migrations/20240102000000_orders/migration.sql": "create table orders (id bigint);",
        "prisma/migrations/20240101000000_users/migration.sql": "create table users (id bigint);"
      },
      expect: [
        "up 20240101000000_users prisma/migrations/20240101000000_users/migration.sql one-message",
        "up 20240102000000_orders prisma/migrations/20240102000000_orders/migration.sql one-message"
      ]
    }
  ]
});

// src/frameworks/rails.ts
var tool8 = {
  id: "rails",
  title: "Rails",
  file: /(^|\/)db\/\w*migrate\w*\/\d+_\w+\.rb$/,
  says: /ActiveRecord::Migration/,
  transaction: "whole-file",
  outside: /^\s*disable_ddl_transaction!/m,
  how: "Put `disable_ddl_transaction!` into the migration class."
};
var rails_default = defineFramework({
  id: tool8.id,
  title: tool8.title,
  link: "https://guides.rubyonrails.org/active_record_migrations.html",
  historyTable: "schema_migrations",
  transaction: tool8.transaction,
  notes: codeNotes("`db/migrate/<digits>_name.rb`; each is a transaction, unless it says `disable_ddl_transaction!`."),
  histories: (repo) => codeHistories(repo, tool8),
  examples: [
    {
      files: { "db/migrate/20240101000000_users.rb": "class Users < ActiveRecord::Migration[8.0]\nend" },
      expect: ["up 20240101000000_users db/migrate/20240101000000_users.rb whole-file"]
    },
    {
      files: {
        "db/migrate/20240101000000_users.rb": "class Users < ActiveRecord::Migration[8.0]\n  disable_ddl_transaction!\nend"
      },
      expect: ["up 20240101000000_users db/migrate/20240101000000_users.rb per-statement"]
    }
  ]
});

// src/frameworks/refinery.ts
var FILE9 = /^[UV](\d+(?:\.\d+)?)__\w+\.sql$/;
var JVM = /(^|\/)(pom\.xml|build\.gradle(\.kts)?|flyway\.(toml|conf))$/;
var refinery_default = defineFramework({
  id: "refinery",
  title: "refinery (Rust)",
  link: "https://github.com/rust-db/refinery",
  historyTable: "refinery_schema_history",
  transaction: "whole-file",
  notes: `\`V1__name.sql\` in a Rust crate without marks of Flyway, in the order of their numbers. Each file is a transaction, and there is no way out of it.`,
  async histories(repo) {
    const crates = repo.paths.filter((path) => nameOf2(path) === "Cargo.toml");
    if (crates.length === 0 || repo.paths.some((path) => JVM.test(path))) return [];
    const within = crates.map(folderOf);
    const files = repo.paths.filter(
      (path) => FILE9.test(nameOf2(path)) && within.some((folder) => folder === "" || path.startsWith(`${folder}/`))
    );
    return numberedFiles(repo, "refinery", files, { transaction: "whole-file", noTransaction: null }, (file) => [
      { id: FILE9.exec(nameOf2(file))?.[1] ?? "", file, direction: "up" }
    ]);
  },
  examples: [
    {
      files: { "Cargo.toml": "", "migrations/V10__orders.sql": "select 1;", "migrations/V2__users.sql": "select 1;" },
      expect: ["up 2 migrations/V2__users.sql whole-file", "up 10 migrations/V10__orders.sql whole-file"]
    }
  ]
});

// src/frameworks/sea-orm.ts
var tool9 = {
  id: "sea-orm",
  title: "SeaORM",
  file: /(^|\/)m\d{8}_\d{6}_\w+\.rs$/,
  says: /\bMigrationTrait\b/,
  transaction: "whole-file",
  outside: /fn\s+use_transaction[^{]*\{\s*Some\(false\)/,
  how: "Implement `use_transaction` to return `Some(false)`."
};
var sea_orm_default = defineFramework({
  id: tool9.id,
  title: tool9.title,
  link: "https://www.sea-ql.org/SeaORM/docs/migration/setting-up-migration/",
  historyTable: "seaql_migrations",
  transaction: tool9.transaction,
  notes: codeNotes(
    "`m<date>_<time>_name.rs`; each is a transaction, unless its `use_transaction` returns `Some(false)`."
  ),
  histories: (repo) => codeHistories(repo, tool9),
  examples: [
    {
      files: { "migration/src/m20240101_000000_users.rs": "impl MigrationTrait for Migration {}" },
      expect: ["up m20240101_000000_users migration/src/m20240101_000000_users.rs whole-file"]
    },
    {
      files: {
        "migration/src/m20240101_000000_users.rs": "impl MigrationTrait for Migration {\n  fn use_transaction(&self) -> Option<bool> { Some(false) }\n}"
      },
      expect: ["up m20240101_000000_users migration/src/m20240101_000000_users.rs per-statement"]
    }
  ]
});

// src/frameworks/sequelize.ts
var tool10 = {
  id: "sequelize",
  title: "Sequelize",
  file: /(^|\/)migrations?\/\d+-[^/]+\.[cm]?[jt]s$/,
  says: /\bqueryInterface\b/i,
  transaction: "per-statement",
  outside: /(?!)/,
  how: "Leave `sequelize.transaction` out of the migration."
};
var sequelize_default = defineFramework({
  id: tool10.id,
  title: tool10.title,
  link: "https://sequelize.org/docs/v6/other-topics/migrations/",
  historyTable: "SequelizeMeta",
  transaction: tool10.transaction,
  notes: codeNotes(
    "`migrations/<14 digits>-name.js` or `.ts`; statements commit one by one, unless the program opens a transaction."
  ),
  histories: (repo) => codeHistories(repo, tool10),
  examples: [
    {
      files: { "migrations/20240101000000-users.js": "module.exports = { up: queryInterface => {} };" },
      expect: ["up 20240101000000-users migrations/20240101000000-users.js per-statement"]
    }
  ]
});

// src/frameworks/sqitch.ts
function changesOf(plan) {
  const scripts = [];
  const last = /* @__PURE__ */ new Map();
  let tagged = /* @__PURE__ */ new Map();
  for (const line of plan.split("\n")) {
    const word = /^[^\s%#]\S*/.exec(line)?.[0];
    if (word === void 0) continue;
    if (word.startsWith("@")) {
      tagged = new Map([...last.keys()].map((name) => [name, tagged.get(name) ?? word]));
      continue;
    }
    const before = last.get(word);
    if (before !== void 0) scripts[before] = `${word}${tagged.get(word) ?? ""}`;
    tagged.delete(word);
    last.set(word, scripts.push(word) - 1);
  }
  return scripts;
}
var sqitch_default = defineFramework({
  id: "sqitch",
  title: "Sqitch",
  link: "https://sqitch.org/",
  historyTable: "sqitch.changes",
  transaction: "as-written",
  notes: `\`deploy/\` and \`revert/\` in the order of \`sqitch.plan\`. Scripts run through psql, statement by statement: transactions are those that they write.
psql's own commands are left out.`,
  async histories(repo) {
    const known2 = new Set(repo.paths);
    return Promise.all(
      repo.paths.filter((path) => nameOf2(path) === "sqitch.plan").map(async (plan) => {
        const root = folderOf(plan);
        const at = (folder, name) => `${root === "" ? "" : `${root}/`}${folder}/${name}.sql`;
        const found = changesOf(await repo.read(plan)).flatMap((id) => [
          { id, file: at("deploy", id), direction: "up" },
          { id, file: at("revert", id), direction: "down" }
        ]);
        return historyOf(
          repo,
          "sqitch",
          root,
          found.filter(({ file }) => known2.has(file)),
          {
            transaction: "as-written",
            noTransaction: { how: "Leave `BEGIN` and `COMMIT` out of the script.", oneStatement: false }
          }
        );
      })
    );
  },
  examples: [
    {
      files: {
        "sqitch.plan": "%syntax-version=1.0.0\n%project=shop\n\nusers 2024-01-01T00:00:00Z A <a@b.c> # first\norders [users] 2024-01-02T00:00:00Z A <a@b.c> # next\n@v1 2024-01-03T00:00:00Z A <a@b.c>\n\nusers [users@v1] 2024-01-04T00:00:00Z A <a@b.c>\n",
        "deploy/users@v1.sql": "select 1;",
        "deploy/users.sql": "select 1;",
        "deploy/orders.sql": "select 1;",
        "revert/orders.sql": "select 1;",
        "verify/orders.sql": "select 1;"
      },
      expect: [
        "up users@v1 deploy/users@v1.sql as-written",
        "up orders deploy/orders.sql as-written",
        "down orders revert/orders.sql as-written",
        "up users deploy/users.sql as-written"
      ]
    }
  ]
});

// src/frameworks/sql-migrate.ts
var sql_migrate_default = defineFramework({
  id: "sql-migrate",
  title: "sql-migrate",
  link: "https://github.com/rubenv/sql-migrate",
  historyTable: "gorp_migrations",
  transaction: "whole-file",
  notes: `Files with \`-- +migrate Up\` and \`-- +migrate Down\`, in natural order. Each is a transaction, unless its marker says \`notransaction\`.`,
  histories: (repo) => oneFile(
    repo,
    "sql-migrate",
    repo.paths.filter((path) => /(^|\/)(sql|[^/]*migrat[^/]*|schema)\/[^/]*\.sql$/i.test(path)),
    {
      up: /^--\s*\+migrate\s+Up\b/i,
      down: /^--\s*\+migrate\s+Down\b/i,
      outside: /^--\s*\+migrate\s+Up\s+.*notransaction/im,
      then: "per-statement",
      noTransaction: {
        how: "sql-migrate runs a file statement by statement when its marker says so.",
        marker: "-- +migrate Up notransaction",
        oneStatement: false
      },
      id: nameOf2,
      tidy: (sql) => sql.replace(/^--\s*\+migrate\s+StatementEnd.*$/gim, (whole2) => `;${" ".repeat(whole2.length - 1)}`)
    }
  ),
  examples: [
    {
      files: { "migrations/1_users.sql": "-- +migrate Up\nselect 1;\n-- +migrate Down\nselect 2;" },
      expect: [
        "up 1_users.sql migrations/1_users.sql whole-file",
        "down 1_users.sql migrations/1_users.sql whole-file"
      ]
    }
  ]
});

// src/frameworks/sqlx.ts
var sqlx_default = defineFramework({
  id: "sqlx",
  title: "sqlx (Rust)",
  link: "https://docs.rs/sqlx/latest/sqlx/macro.migrate.html",
  historyTable: "_sqlx_migrations",
  transaction: "whole-file",
  notes: `\`migrations/NNN_name.sql\`, or \`.up.sql\` and \`.down.sql\`, in the order of their numbers, in a Rust crate. Each file is a transaction, unless it begins
with \`-- no-transaction\`; it is then one message, and may hold one statement.`,
  async histories(repo) {
    if (!usesSqlx(repo.paths)) return [];
    const files = repo.paths.filter(
      (path) => /^\d+_.*\.sql$/.test(nameOf2(path)) && nameOf2(folderOf(path)).startsWith("migrations")
    );
    const noTransaction = {
      how: "sqlx runs a file without a transaction when its first line is `-- no-transaction`.",
      marker: "-- no-transaction",
      oneStatement: true
    };
    return upDown(
      repo,
      "sqlx",
      files,
      { transaction: "whole-file", noTransaction },
      (text) => text.startsWith("-- no-transaction") ? { sql: text, transaction: "one-message" } : { sql: text }
    );
  },
  examples: [
    {
      files: {
        "Cargo.toml": "",
        "migrations/1_users.sql": "select 1;",
        "migrations/2_index.sql": "-- no-transaction\nselect 1;"
      },
      expect: ["up 1_users migrations/1_users.sql whole-file", "up 2_index migrations/2_index.sql one-message"]
    }
  ]
});

// src/frameworks/supabase.ts
var supabase_default = defineFramework({
  id: "supabase",
  title: "Supabase CLI",
  link: "https://supabase.com/docs/guides/deployment/database-migrations",
  historyTable: "supabase_migrations.schema_migrations",
  transaction: "pipeline",
  notes: `\`supabase/migrations/<digits>_name.sql\` in the order of their names. A file is sent as one pipeline, which is one transaction in which only the first
statement may be one that refuses a transaction. There are no down files.`,
  async histories(repo) {
    const files = repo.paths.filter((path) => /(^|\/)supabase\/migrations\/\d+_[^/]*\.sql$/.test(path)).sort(plain);
    const base = {
      transaction: "pipeline",
      noTransaction: {
        how: "In a Supabase migration only the first statement may run outside a transaction: put it first, or into a file of its own.",
        oneStatement: true
      }
    };
    return Promise.all(
      [...groupBy(files, folderOf)].map(
        ([root, paths]) => historyOf(
          repo,
          "supabase",
          root,
          paths.map((file) => ({ id: digitsOf(file), file, direction: "up" })),
          base
        )
      )
    );
  },
  examples: [
    {
      files: { "supabase/migrations/20240101000000_users.sql": "select 1;" },
      expect: ["up 20240101000000 supabase/migrations/20240101000000_users.sql pipeline"]
    }
  ]
});

// src/frameworks/tern.ts
var MARKER = /^---- create above \/ drop below ----\s*$/;
var UP2 = "-- up";
var tern_default = defineFramework({
  id: "tern",
  title: "tern",
  link: "https://github.com/jackc/tern",
  historyTable: "public.schema_version",
  transaction: "whole-file",
  notes: `\`NNN_name.sql\` beside a \`tern.conf\`, or with \`---- create above / drop below ----\`. Each file is a transaction, unless it has the line
\`---- tern: disable-tx ----\`; its statements then commit one by one. Go templates are not rendered: each becomes a blind spot.`,
  async histories(repo) {
    const conf = new Set(repo.paths.filter((path) => nameOf2(path) === "tern.conf").map(folderOf));
    const files = repo.paths.filter((path) => /^\d+_.+\.sql$/.test(nameOf2(path)) && !/\.(up|down)\.sql$/.test(path));
    const texts = new Map(await Promise.all(files.map(async (file) => [file, await repo.read(file)])));
    const marked = new Set(conf);
    for (const [file, text] of texts) if (text.split("\n").some((line) => MARKER.test(line))) marked.add(folderOf(file));
    return numberedFiles(
      repo,
      "tern",
      files.filter((file) => marked.has(folderOf(file))),
      {
        transaction: "whole-file",
        noTransaction: {
          how: "tern runs a file statement by statement when it has this line.",
          marker: "---- tern: disable-tx ----",
          oneStatement: false
        }
      },
      (file) => {
        const id = /^\d+/.exec(nameOf2(file))?.[0] ?? "";
        const down = (texts.get(file) ?? "").split("\n").some((line) => MARKER.test(line));
        return down ? [
          { id, file, direction: "up" },
          { id, file, direction: "down" }
        ] : [{ id, file, direction: "up" }];
      },
      (text, { direction }) => {
        const parts2 = sections(`${UP2}
${text}`, /^-- up$/, MARKER);
        const part = (direction === "up" ? parts2.up : parts2.down).split("\n").slice(1).join("\n");
        const rendered = templates(part);
        return /^---- tern: disable-tx ----\s*$/m.test(text) ? { ...rendered, transaction: "per-statement" } : rendered;
      }
    );
  },
  examples: [
    {
      files: {
        "db/001_users.sql": "select 1;\n---- create above / drop below ----\nselect 2;",
        "db/002_index.sql": "---- tern: disable-tx ----\nselect 1;"
      },
      expect: [
        "up 001 db/001_users.sql whole-file",
        "down 001 db/001_users.sql whole-file",
        "up 002 db/002_index.sql per-statement"
      ]
    }
  ]
});

// src/frameworks/typeorm.ts
var tool11 = {
  id: "typeorm",
  title: "TypeORM",
  file: /(^|\/)\d{13}-[^/]+\.[jt]s$/,
  says: /\b(MigrationInterface|QueryRunner)\b/i,
  transaction: "all-files",
  outside: /^\s*(public\s+|readonly\s+)*transaction\s*=\s*false\b/m,
  how: "Put `transaction = false` into the class, and run with `migrationsTransactionMode: 'each'`."
};
var typeorm_default = defineFramework({
  id: tool11.id,
  title: tool11.title,
  link: "https://typeorm.io/docs/advanced-topics/migrations/",
  historyTable: "migrations",
  transaction: tool11.transaction,
  notes: codeNotes(
    "`<13 digits>-name.ts` or `.js`; all pending files are one transaction, unless a class says `transaction = false`."
  ),
  histories: (repo) => codeHistories(repo, tool11),
  examples: [
    {
      files: { "src/migrations/1700000000000-users.ts": "export class Users implements MigrationInterface {}" },
      expect: ["up 1700000000000-users src/migrations/1700000000000-users.ts all-files"]
    },
    {
      files: {
        "src/migrations/1700000000000-users.ts": "export class Users implements MigrationInterface {\n  transaction = false;\n}"
      },
      expect: ["up 1700000000000-users src/migrations/1700000000000-users.ts per-statement"]
    }
  ]
});

// src/frameworks/index.ts
var frameworks = [
  alembic_default,
  atlas_default,
  db_migrate_default,
  dbmate_default,
  diesel_default,
  django_default,
  drizzle_default,
  ecto_default,
  ef_core_default,
  flyway_default,
  golang_migrate_default,
  goose_default,
  graphile_migrate_default,
  hasura_default,
  knex_default,
  kysely_default,
  liquibase_default,
  mikro_orm_default,
  node_pg_migrate_default,
  plain_sql_default,
  pop_default,
  postgrator_default,
  prisma_default,
  rails_default,
  refinery_default,
  sea_orm_default,
  sequelize_default,
  sqitch_default,
  sql_migrate_default,
  sqlx_default,
  supabase_default,
  tern_default,
  typeorm_default
];
var frameworkIds = frameworks.map((known2) => known2.id);

// src/glob.ts
var SPECIAL = /[.+^$()|[\]\\]/;
function globPattern(glob) {
  const text = glob.replace(/^\.\//, "");
  let pattern = "";
  let braces = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? "";
    if (text.startsWith("**/", at)) {
      pattern += "(?:.*/)?";
      at += 2;
    } else if (text.startsWith("**", at)) {
      pattern += ".*";
      at += 1;
    } else if (char === "*") pattern += "[^/]*";
    else if (char === "?") pattern += "[^/]";
    else if (char === "{") {
      braces += 1;
      pattern += "(?:";
    } else if (char === "}" && braces > 0) {
      braces -= 1;
      pattern += ")";
    } else if (char === "," && braces > 0) pattern += "|";
    else pattern += SPECIAL.test(char) || char === "{" || char === "}" ? `\\${char}` : char;
  }
  return new RegExp(`^${pattern}${")".repeat(braces)}$`, "u");
}
var matches = (globs, path) => globs.some((glob) => globPattern(glob).test(path) || globPattern(`${glob.replace(/\/+$/, "")}/**`).test(path));

// src/collect.ts
var FOREIGN = /(^|\/)(mysql|mariadb|sqlite3?|clickhouse|h2|mssql|sqlserver|oracle|cockroach(db)?|duckdb|spanner)\//i;
var GENERAL = ["diesel", "flyway", "golang-migrate", "sqlx"];
async function collect(repo, { framework, paths, changed }) {
  const ids = frameworks.map((known2) => known2.id);
  if (framework !== "auto" && !ids.includes(framework))
    throw new Expected(`framework "${framework}" is not known.${suggestion(framework, ids)}`);
  const asked = frameworks.filter((known2) => known2.id !== plain_sql_default.id && (framework === "auto" || framework === known2.id)).sort((a, b) => Number(GENERAL.includes(a.id)) - Number(GENERAL.includes(b.id)));
  const wanted = (path) => paths ? matches(paths, path) : !FOREIGN.test(path);
  const reads = (path) => !path.endsWith(".sql") || wanted(path);
  const narrowed = { ...repo, paths: repo.paths.filter(reads) };
  const found = [];
  const claimed = /* @__PURE__ */ new Set();
  const claim = (histories) => {
    for (const history of histories) {
      const migrations = history.migrations.filter(
        ({ file, direction }) => wanted(file) && !claimed.has(`${direction} ${file}`)
      );
      for (const { file, direction } of migrations) claimed.add(`${direction} ${file}`);
      if (migrations.length > 0)
        found.push({ ...history, migrations: migrations.map((one) => ({ ...one, changed: changed.has(one.file) })) });
    }
  };
  for (const tool12 of asked) claim(await tool12.histories(narrowed));
  if (framework === "auto" || framework === plain_sql_default.id) {
    const taken = new Set([...claimed].map((claim2) => claim2.slice(claim2.indexOf(" ") + 1)));
    const left = narrowed.paths.filter((path) => path.endsWith(".sql") && !taken.has(path));
    const rest = { ...narrowed, paths: left };
    claim(paths ? await plain_sql_default.of?.(rest, left) ?? [] : await plain_sql_default.histories(rest));
  }
  return found;
}

// src/config/overrides.ts
function rulesFor(file, options) {
  const rules2 = new Map(options.rules);
  if (options["lock-timeout-set-by-tool"]) {
    for (const rule2 of ["lock-without-timeout", "timeout-set-too-late"]) if (!rules2.has(rule2)) rules2.set(rule2, "off");
  }
  for (const override of options.overrides)
    if (matches(override.paths, file)) for (const [rule2, severity] of override.rules) rules2.set(rule2, severity);
  return rules2;
}
function transactionFor(history, { overrides }) {
  const chosen = overrides.filter((override) => override.transaction !== null);
  if (chosen.length === 0) return history;
  const migrations = history.migrations.map((migration2) => {
    const transaction = chosen.findLast((override) => matches(override.paths, migration2.file))?.transaction;
    return transaction ? { ...migration2, transaction } : migration2;
  });
  return { ...history, migrations };
}

// src/model/object-names.ts
var LONGEST = 63;
var bytes = (text) => Buffer.byteLength(text);
function cut(text, length2) {
  let short = text;
  while (bytes(short) > length2) short = short.slice(0, -1);
  return short;
}
function makeObjectName(first, second, label) {
  const overhead = (second === "" ? 0 : 1) + label.length + 1;
  const room = LONGEST - overhead;
  let left = bytes(first);
  let right = bytes(second);
  while (left + right > room) {
    if (left > right) left -= 1;
    else right -= 1;
  }
  return [cut(first, left), cut(second, right), label].filter((part) => part !== "").join("_");
}
function chooseName(table2, columns3, label, taken) {
  for (let attempt2 = 0; ; attempt2 += 1) {
    const name = makeObjectName(table2, columns3.join("_"), attempt2 === 0 ? label : `${label}${attempt2}`);
    if (!taken(name)) return name;
  }
}
function indexColumnNames(columns3) {
  const names3 = [];
  for (const column of columns3) {
    const base = column ?? "expr";
    let name = base;
    for (let attempt2 = 1; names3.includes(name); attempt2 += 1) name = `${base}${attempt2}`;
    names3.push(name);
  }
  return names3;
}

// src/catalog/apply-table.ts
var unchanged = (catalog) => catalog;

// src/catalog/edit.ts
var unseen = ({ schema, name, kind, age }) => ({
  schema,
  name,
  kind,
  persistence: schema === "pg_temp" ? "temporary" : "permanent",
  age,
  complete: false,
  columns: [],
  constraints: [],
  indexes: [],
  triggers: [],
  policies: [],
  rules: [],
  statistics: [],
  rowSecurity: false,
  partitioning: null,
  partitionOf: null,
  inherits: [],
  reads: [],
  ownedBy: null,
  options: {},
  accessMethod: null,
  tablespace: null
});
var tableOf = (catalog, relation) => catalog.relations.get(keyOf(relation));
function edit(catalog, relation, update) {
  const key = keyOf(relation);
  const table2 = catalog.relations.get(key) ?? unseen(relation);
  return { ...catalog, relations: catalog.relations.with(key, update(table2)) };
}
function editKey(catalog, key, update) {
  const table2 = catalog.relations.get(key);
  return table2 ? { ...catalog, relations: catalog.relations.with(key, update(table2)) } : catalog;
}
var editColumn = (table2, name, patch2) => ({
  ...table2,
  columns: table2.columns.map((column) => column.name === name ? { ...column, ...patch2 } : column)
});
function descendants(catalog, key) {
  const found = /* @__PURE__ */ new Map();
  for (const parents = [key]; parents.length > 0; ) {
    for (const child of catalog.children.get(parents.pop() ?? "") ?? []) {
      const table2 = catalog.relations.get(child);
      if (!table2 || found.has(child)) continue;
      found.set(child, table2);
      parents.push(child);
    }
  }
  return [...found.values()];
}
var addChild = (catalog, parent, child) => ({
  ...catalog,
  children: catalog.children.with(parent, [
    ...(catalog.children.get(parent) ?? []).filter((key) => key !== child),
    child
  ])
});
function removeChild(catalog, parent, child) {
  const left = (catalog.children.get(parent) ?? []).filter((key) => key !== child);
  const children = left.length > 0 ? catalog.children.with(parent, left) : catalog.children.without(parent);
  return { ...catalog, children };
}
var referencing = (catalog, key) => catalog.relations.values().filter((table2) => table2.constraints.some((c) => c.references && keyOf(c.references) === key));
var relationOf = ({ schema, name, kind, age }) => ({ schema, name, kind, age });
var markPartial = (catalog, because) => catalog.partial.includes(because) ? catalog : { ...catalog, partial: [...catalog.partial, because] };

// src/catalog/apply/columns.ts
function editAll(catalog, relation, update, only = false) {
  let next = edit(catalog, relation, update);
  if (!only) for (const child of descendants(catalog, keyOf(relation))) next = editKey(next, keyOf(child), update);
  return next;
}
var patch = (catalog, relation, column, change) => editAll(catalog, relation, (table2) => editColumn(table2, column, change));
function dropColumn(table2, column) {
  const keeps = (columns3) => !columns3.includes(column);
  return {
    ...table2,
    columns: table2.columns.filter((known2) => known2.name !== column),
    indexes: table2.indexes.filter((index) => keeps(index.columns) && keeps(index.reads)),
    constraints: table2.constraints.filter((constraint) => keeps(constraint.columns))
  };
}
var renameIn = (names3, from, to) => names3.map((name) => name === from ? to : name);
var renameColumn = (table2, from, to) => ({
  ...editColumn(table2, from, { name: to }),
  indexes: table2.indexes.map((index) => ({
    ...index,
    columns: index.columns.map((name) => name === from ? to : name),
    reads: renameIn(index.reads, from, to)
  })),
  constraints: table2.constraints.map((constraint) => ({
    ...constraint,
    columns: renameIn(constraint.columns, from, to),
    provesNotNull: renameIn(constraint.provesNotNull, from, to)
  }))
});
function removeIndexNames(before, after, relation) {
  let next = after;
  for (const key of [keyOf(relation), ...descendants(before, keyOf(relation)).map(keyOf)]) {
    const old = before.relations.get(key);
    const left = new Set(after.relations.get(key)?.indexes.map((index) => index.name));
    for (const index of old?.indexes ?? [])
      if (!left.has(index.name))
        next = { ...next, indexes: next.indexes.without(keyOf({ schema: old?.schema ?? "", name: index.name })) };
  }
  return next;
}
function dropOwned(catalog, owner, column) {
  let { relations } = catalog;
  for (const [key, { ownedBy }] of relations.entries())
    if (ownedBy?.table === owner && ownedBy.column === column) relations = relations.without(key);
  return { ...catalog, relations };
}
function addSequence(catalog, relation, column) {
  const { schema, age } = relation;
  const name = chooseName(
    relation.name,
    [column],
    "seq",
    (taken) => catalog.relations.has(keyOf({ schema, name: taken }))
  );
  const sequence = unseen({ schema, name, kind: "sequence", age });
  const ownedBy = { table: keyOf(relation), column };
  return {
    ...catalog,
    relations: catalog.relations.with(keyOf(sequence), { ...sequence, complete: true, ownedBy })
  };
}
var columns = {
  "add-column": (catalog, { relation, column, only }) => editAll(
    catalog,
    relation,
    (table2) => table2.columns.some((known2) => known2.name === column.name) ? table2 : { ...table2, columns: [...table2.columns, column] },
    only
  ),
  "drop-column": (catalog, { relation, column }) => {
    const next = editAll(catalog, relation, (table2) => dropColumn(table2, column));
    return dropOwned(removeIndexNames(catalog, next, relation), keyOf(relation), column);
  },
  "rename-column": (catalog, { relation, column, to }) => {
    let next = editAll(catalog, relation, (table2) => renameColumn(table2, column, to));
    for (const table2 of next.relations.values())
      if (table2.ownedBy?.table === keyOf(relation) && table2.ownedBy.column === column)
        next = editKey(next, keyOf(table2), (known2) => ({ ...known2, ownedBy: { table: keyOf(relation), column: to } }));
    return next;
  },
  "set-default": (catalog, { relation, column, default: value }) => patch(catalog, relation, column, { default: value }),
  "retype-column": (catalog, { relation, column, to, collation }) => patch(catalog, relation, column, { type: to, collation }),
  "set-not-null": (catalog, { relation, column }) => patch(catalog, relation, column, { notNull: true }),
  "drop-not-null": (catalog, { relation, column }) => patch(catalog, relation, column, { notNull: false }),
  "set-identity": (catalog, { relation, column, to }) => {
    if (to === "same") return catalog;
    const next = patch(catalog, relation, column, { identity: to });
    return to === null ? dropOwned(next, keyOf(relation), column) : addSequence(next, relation, column);
  },
  "set-expression": (catalog, { relation, column, to }) => to === null ? patch(catalog, relation, column, { generated: null }) : catalog,
  "set-column-statistics": unchanged,
  "set-column-storage": unchanged
};

// src/catalog/partition-indexes.ts
var LABELS = { "primary-key": "pkey", unique: "key", exclude: "excl" };
function partitionIndexName(member, columns3, type, catalog) {
  const label = type === "primary-key" || type === "unique" || type === "exclude" ? LABELS[type] : "idx";
  const taken = (other) => {
    const key = keyOf({ schema: member.schema, name: other });
    return catalog.indexes.has(key) || catalog.relations.has(key);
  };
  return chooseName(member.name, label === "pkey" ? [] : indexColumnNames(columns3), label, taken);
}
var alike = (a, b) => b.valid && a.unique === b.unique && a.method === b.method && a.partial === b.partial && String(a.columns) === String(b.columns) && String(a.reads) === String(b.reads);
function inheritIndexes(catalog, parent, child) {
  const owner = catalog.relations.get(parent);
  let next = catalog;
  for (const index of owner?.indexes ?? []) next = inheritIndex(next, owner, index, child);
  return next;
}
function inheritIndex(catalog, owner, index, child) {
  const table2 = catalog.relations.get(child);
  if (!table2 || table2.indexes.some((own2) => alike(index, own2))) return catalog;
  const constraint = owner?.constraints.find((known2) => known2.name === index.constraint) ?? null;
  const name = partitionIndexName(table2, index.columns, constraint?.type ?? null, catalog);
  const own = { ...index, name, valid: true, constraint: constraint && name };
  const next = editKey(catalog, child, (known2) => ({
    ...known2,
    indexes: [...known2.indexes, own],
    constraints: constraint ? [...known2.constraints, { ...constraint, name, usingIndex: null }] : known2.constraints,
    columns: constraint?.type === "primary-key" ? known2.columns.map((c) => constraint.columns.includes(c.name) ? { ...c, notNull: true } : c) : known2.columns
  }));
  return { ...next, indexes: next.indexes.with(keyOf({ schema: table2.schema, name }), child) };
}

// src/catalog/apply/constraints.ts
function indexOfConstraint(constraint, table2) {
  if (constraint.type !== "unique" && constraint.type !== "primary-key" && constraint.type !== "exclude") return null;
  if (constraint.usingIndex !== null || table2.indexes.some((index) => index.name === constraint.name)) return null;
  return {
    name: constraint.name,
    columns: constraint.columns.map((column) => column === "" ? null : column),
    reads: [],
    unique: constraint.type !== "exclude",
    method: constraint.type === "exclude" ? "gist" : "btree",
    partial: false,
    valid: true,
    constraint: constraint.name
  };
}
function add(table2, constraint) {
  const backed = indexOfConstraint(constraint, table2);
  const taken = table2.indexes.map(
    (index) => index.name === constraint.usingIndex ? { ...index, name: constraint.name, constraint: constraint.name } : index
  );
  let next = { ...table2, indexes: backed ? [...taken, backed] : taken };
  if (constraint.type === "primary-key" || constraint.type === "not-null")
    for (const column of constraint.columns) next = editColumn(next, column, { notNull: true });
  return { ...next, constraints: [...next.constraints.filter((known2) => known2.name !== constraint.name), constraint] };
}
var names2 = (catalog, table2, from, to) => {
  let { indexes: indexes4 } = catalog;
  if (from !== null) indexes4 = indexes4.without(keyOf({ schema: table2.schema, name: from }));
  if (to !== null) indexes4 = indexes4.with(keyOf({ schema: table2.schema, name: to }), keyOf(table2));
  return { ...catalog, indexes: indexes4 };
};
var constraints = {
  "add-constraint": (catalog, { relation, constraint }) => {
    let next = edit(catalog, relation, (table3) => add(table3, constraint));
    const table2 = next.relations.get(keyOf(relation));
    if (table2?.indexes.some((index2) => index2.name === constraint.name))
      next = names2(next, table2, constraint.usingIndex, constraint.name);
    if (constraint.type === "check" && !constraint.noInherit)
      for (const child of descendants(catalog, keyOf(relation)))
        next = editKey(next, keyOf(child), (known2) => add(known2, constraint));
    const index = table2?.partitioning ? table2.indexes.find((known2) => known2.constraint === constraint.name) : void 0;
    if (index)
      for (const child of descendants(catalog, keyOf(relation))) next = inheritIndex(next, table2, index, keyOf(child));
    return next;
  },
  "validate-constraint": (catalog, { relation, constraint }) => {
    const validate2 = (table2) => ({
      ...table2,
      constraints: table2.constraints.map((known2) => known2.name === constraint ? { ...known2, valid: true } : known2)
    });
    let next = edit(catalog, relation, validate2);
    for (const child of descendants(catalog, keyOf(relation))) next = editKey(next, keyOf(child), validate2);
    return next;
  },
  "drop-constraint": (catalog, { relation, constraint, cascade: cascade2 }) => {
    const dropped = catalog.relations.get(keyOf(relation))?.constraints.find((known2) => known2.name === constraint);
    const without = (table3) => ({
      ...dropped?.type === "not-null" ? {
        ...table3,
        columns: table3.columns.map((c) => dropped.columns.includes(c.name) ? { ...c, notNull: false } : c)
      } : table3,
      constraints: table3.constraints.filter((known2) => known2.name !== constraint),
      indexes: table3.indexes.filter((index) => index.constraint !== constraint)
    });
    let next = edit(catalog, relation, without);
    const table2 = next.relations.get(keyOf(relation));
    if (table2) next = names2(next, table2, constraint, null);
    for (const child of descendants(catalog, keyOf(relation))) next = editKey(next, keyOf(child), without);
    if (cascade2 && (dropped?.type === "primary-key" || dropped?.type === "unique"))
      for (const other of referencing(next, keyOf(relation)))
        next = editKey(next, keyOf(other), (known2) => ({
          ...known2,
          constraints: known2.constraints.filter((c) => !(c.references && keyOf(c.references) === keyOf(relation)))
        }));
    return next;
  },
  "rename-constraint": (catalog, { relation, constraint, to }) => {
    const next = edit(catalog, relation, (table3) => ({
      ...table3,
      constraints: table3.constraints.map((known2) => known2.name === constraint ? { ...known2, name: to } : known2),
      indexes: table3.indexes.map(
        (index) => index.constraint === constraint ? { ...index, name: to, constraint: to } : index
      )
    }));
    const table2 = next.relations.get(keyOf(relation));
    return table2?.indexes.some((index) => index.name === to) ? names2(next, table2, constraint, to) : next;
  },
  "alter-constraint": (catalog, { relation, constraint, enforced, deferrable }) => edit(catalog, relation, (table2) => ({
    ...table2,
    constraints: table2.constraints.map(
      (known2) => known2.name === constraint ? {
        ...known2,
        enforced: enforced ?? known2.enforced,
        valid: enforced ?? known2.valid,
        deferrable: deferrable ?? known2.deferrable
      } : known2
    )
  }))
};

// src/catalog/apply/indexes.ts
function addIndex(catalog, relation, index) {
  const next = edit(catalog, relation, (table2) => ({
    ...table2,
    indexes: [...table2.indexes.filter((known2) => known2.name !== index.name), index]
  }));
  return { ...next, indexes: next.indexes.with(keyOf({ schema: relation.schema, name: index.name }), keyOf(relation)) };
}
var indexes = {
  "create-index": (catalog, { relation, index, only, exists: exists2 }) => {
    if (exists2) return catalog;
    let next = addIndex(catalog, relation, index);
    if (relation.kind === "partitioned-table" && !only)
      for (const child of descendants(catalog, keyOf(relation)))
        next = inheritIndex(next, next.relations.get(keyOf(relation)), index, keyOf(child));
    return next;
  },
  "drop-index": (catalog, { relation, index }) => {
    if (relation.kind === "index") return catalog;
    const next = edit(catalog, relation, (table2) => ({
      ...table2,
      indexes: table2.indexes.filter((known2) => known2.name !== index)
    }));
    return { ...next, indexes: next.indexes.without(keyOf({ schema: relation.schema, name: index })) };
  },
  "rename-index": (catalog, { relation, index, to }) => {
    if (relation.kind === "index") return catalog;
    const next = edit(catalog, relation, (table2) => ({
      ...table2,
      indexes: table2.indexes.map(
        (known2) => known2.name === index ? { ...known2, name: to, constraint: known2.constraint === null ? null : to } : known2
      ),
      constraints: table2.constraints.map((known2) => known2.name === index ? { ...known2, name: to } : known2)
    }));
    const names3 = next.indexes.without(keyOf({ schema: relation.schema, name: index }));
    return { ...next, indexes: names3.with(keyOf({ schema: relation.schema, name: to }), keyOf(relation)) };
  },
  "set-index-options": unchanged,
  "attach-index": unchanged,
  reindex: unchanged,
  "reindex-many": unchanged
};

// src/catalog/apply/programs.ts
var programs = {
  "create-view": (catalog, { view }) => ({ ...catalog, relations: catalog.relations.with(keyOf(view), view) }),
  "alter-view": unchanged,
  refresh: unchanged,
  "create-trigger": (catalog, { relation, trigger: trigger2 }) => edit(catalog, relation, (table2) => ({
    ...table2,
    triggers: [...table2.triggers.filter((known2) => known2.name !== trigger2.name), trigger2]
  })),
  "drop-trigger": (catalog, { relation, trigger: trigger2 }) => edit(catalog, relation, (table2) => ({ ...table2, triggers: table2.triggers.filter((known2) => known2.name !== trigger2) })),
  "rename-trigger": (catalog, { relation, trigger: trigger2, to }) => edit(catalog, relation, (table2) => ({
    ...table2,
    triggers: table2.triggers.map((known2) => known2.name === trigger2 ? { ...known2, name: to } : known2)
  })),
  "enable-trigger": (catalog, { relation, trigger: trigger2, enabled }) => edit(catalog, relation, (table2) => ({
    ...table2,
    triggers: table2.triggers.map(
      (known2) => known2.name === trigger2 || trigger2 === "all" || trigger2 === "user" ? { ...known2, enabled } : known2
    )
  })),
  "create-policy": (catalog, { relation, policy, reads }) => edit(catalog, relation, (table2) => ({ ...table2, policies: [...table2.policies, { name: policy, reads }] })),
  "alter-policy": unchanged,
  "drop-policy": (catalog, { relation, policy }) => edit(catalog, relation, (table2) => ({ ...table2, policies: table2.policies.filter((known2) => known2.name !== policy) })),
  "create-rule": (catalog, { relation, rule: rule2 }) => edit(catalog, relation, (table2) => ({ ...table2, rules: [...table2.rules.filter((known2) => known2 !== rule2), rule2] })),
  "drop-rule": (catalog, { relation, rule: rule2 }) => edit(catalog, relation, (table2) => ({ ...table2, rules: table2.rules.filter((known2) => known2 !== rule2) })),
  "enable-rule": unchanged,
  "create-routine": (catalog, { routine }) => {
    const overloads = (catalog.routines.get(keyOf(routine)) ?? []).filter(
      (known2) => String(known2.arguments.map(keyOf)) !== String(routine.arguments.map(keyOf))
    );
    return { ...catalog, routines: catalog.routines.with(keyOf(routine), [...overloads, routine]) };
  },
  "drop-routine": (catalog, { key }) => ({ ...catalog, routines: catalog.routines.without(key) }),
  "alter-routine": (catalog, { key, volatility: volatility2, renamed }) => {
    const overloads = catalog.routines.get(key);
    if (!overloads) return catalog;
    const changed = overloads.map((routine) => ({
      ...routine,
      volatility: volatility2 ?? routine.volatility,
      name: renamed ?? routine.name
    }));
    const [first] = changed;
    return { ...catalog, routines: catalog.routines.without(key).with(first ? keyOf(first) : key, changed) };
  }
};

// src/catalog/apply/rows.ts
var rows = { "change-rows": unchanged, "read-rows": unchanged };

// src/catalog/apply/sequences.ts
var sequences = {
  "create-sequence": (catalog, { sequence }) => ({
    ...catalog,
    relations: catalog.relations.with(keyOf(sequence), sequence)
  }),
  "alter-sequence": (catalog, { relation, what: what2, ownedBy }) => what2 === "owned-by" ? edit(catalog, relation, (table2) => ({ ...table2, ownedBy })) : catalog
};

// src/catalog/apply/dependents.ts
function dropDependents(catalog, key) {
  let next = catalog;
  for (const table2 of referencing(catalog, key))
    next = editKey(next, keyOf(table2), (known2) => ({
      ...known2,
      constraints: known2.constraints.filter((c) => !(c.references && keyOf(c.references) === key))
    }));
  for (const table2 of next.relations.values()) {
    const own = keyOf(table2);
    if (table2.ownedBy?.table === key) next = { ...next, relations: next.relations.without(own) };
    else if (readsFrom(table2.reads, key)) {
      next = { ...next, relations: next.relations.without(own), children: next.children.without(own) };
      for (const index of table2.indexes)
        next = { ...next, indexes: next.indexes.without(keyOf({ schema: table2.schema, name: index.name })) };
      next = dropDependents(next, own);
    }
  }
  return next;
}
var readsFrom = (reads, key) => reads.some((read2) => read2.relation === key);

// src/catalog/apply/tables.ts
function create(catalog, table2) {
  const key = keyOf(table2);
  const backed = table2.constraints.flatMap((constraint) => indexOfConstraint(constraint, table2) ?? []);
  let next = {
    ...catalog,
    relations: catalog.relations.with(key, { ...table2, indexes: [...table2.indexes, ...backed] })
  };
  for (const index of [...table2.indexes, ...backed])
    next = { ...next, indexes: next.indexes.with(keyOf({ schema: table2.schema, name: index.name }), key) };
  for (const parent of [...table2.partitionOf ? [table2.partitionOf.parent] : [], ...table2.inherits])
    next = addChild(next, parent, key);
  return table2.partitionOf ? inheritIndexes(next, table2.partitionOf.parent, key) : next;
}
function remove(catalog, key) {
  const table2 = catalog.relations.get(key);
  if (!table2) return catalog;
  let next = catalog;
  for (const child of descendants(catalog, key)) if (child.partitionOf) next = removeOne(next, keyOf(child));
  return removeOne(next, key);
}
function removeOne(catalog, key) {
  const table2 = catalog.relations.get(key);
  if (!table2) return catalog;
  let next = {
    ...catalog,
    relations: catalog.relations.without(key),
    children: catalog.children.without(key)
  };
  for (const index of table2.indexes)
    next = { ...next, indexes: next.indexes.without(keyOf({ schema: table2.schema, name: index.name })) };
  for (const parent of [...table2.partitionOf ? [table2.partitionOf.parent] : [], ...table2.inherits])
    next = removeChild(next, parent, key);
  return dropDependents(next, key);
}
function rekey(catalog, relation, to) {
  const from = keyOf(relation);
  const table2 = catalog.relations.get(from);
  if (!table2) return catalog;
  const key = keyOf(to);
  let { indexes: indexes4 } = catalog;
  for (const index of table2.indexes)
    indexes4 = indexes4.without(keyOf({ schema: table2.schema, name: index.name })).with(keyOf({ schema: to.schema, name: index.name }), key);
  let relations = catalog.relations.without(from).with(key, { ...table2, ...to });
  const swap = (old) => old === from ? key : old;
  for (const [other, known2] of relations.entries()) {
    const refers = known2.constraints.some((c) => c.references && keyOf(c.references) === from) || known2.partitionOf?.parent === from || known2.inherits.includes(from) || known2.ownedBy?.table === from || known2.reads.some((read2) => read2.relation === from) || known2.columns.some((c) => c.default?.sequence === from);
    if (!refers) continue;
    relations = relations.with(other, {
      ...known2,
      constraints: known2.constraints.map(
        (c) => c.references && keyOf(c.references) === from ? { ...c, references: { ...c.references, ...to } } : c
      ),
      partitionOf: known2.partitionOf && { ...known2.partitionOf, parent: swap(known2.partitionOf.parent) },
      inherits: known2.inherits.map(swap),
      ownedBy: known2.ownedBy && { ...known2.ownedBy, table: swap(known2.ownedBy.table) },
      reads: known2.reads.map((read2) => ({ ...read2, relation: swap(read2.relation) })),
      columns: known2.columns.map(
        (c) => c.default?.sequence === from ? { ...c, default: { ...c.default, sequence: key } } : c
      )
    });
  }
  let { children } = catalog;
  for (const [parent, list] of children.entries())
    if (parent === from || list.includes(from)) children = children.without(parent).with(swap(parent), list.map(swap));
  return { ...catalog, relations, indexes: indexes4, children };
}
function moveOwned(catalog, owner, schema) {
  let next = catalog;
  for (const table2 of catalog.relations.values())
    if (table2.ownedBy?.table === owner) next = rekey(next, table2, { schema, name: table2.name });
  return next;
}
var tables = {
  "create-table": (catalog, { table: table2 }) => create(catalog, table2),
  "drop-relation": (catalog, { relation }) => remove(catalog, keyOf(relation)),
  "rename-relation": (catalog, { relation, to }) => rekey(catalog, relation, { schema: relation.schema, name: to }),
  "move-relation": (catalog, { relation, schema_to }) => rekey(moveOwned(catalog, keyOf(relation), schema_to), relation, { schema: schema_to, name: relation.name }),
  "set-persistence": (catalog, { relation, to }) => edit(catalog, relation, (table2) => ({ ...table2, persistence: to })),
  "set-tablespace": (catalog, { relation, to }) => edit(catalog, relation, (table2) => ({ ...table2, tablespace: to })),
  "set-access-method": (catalog, { relation, to }) => edit(catalog, relation, (table2) => ({ ...table2, accessMethod: to })),
  "set-options": (catalog, { relation, options }) => edit(catalog, relation, (table2) => ({
    ...table2,
    options: Object.fromEntries(
      Object.entries({ ...table2.options, ...options }).filter(
        (entry) => entry[1] !== null
      )
    )
  })),
  "set-owner": unchanged,
  "set-row-security": (catalog, { relation, enabled }) => edit(catalog, relation, (table2) => ({ ...table2, rowSecurity: enabled ?? table2.rowSecurity })),
  "set-replica-identity": unchanged,
  "set-cluster-index": unchanged,
  inherit: (catalog, { relation, parent, on }) => {
    const next = edit(catalog, relation, (table2) => ({
      ...table2,
      inherits: on ? [...table2.inherits, keyOf(parent)] : table2.inherits.filter((key) => key !== keyOf(parent))
    }));
    return on ? addChild(next, keyOf(parent), keyOf(relation)) : removeChild(next, keyOf(parent), keyOf(relation));
  },
  "set-of-type": unchanged,
  "attach-partition": (catalog, { relation, partition, bound }) => inheritIndexes(
    addChild(
      edit(catalog, partition, (table2) => ({ ...table2, partitionOf: { parent: keyOf(relation), bound } })),
      keyOf(relation),
      keyOf(partition)
    ),
    keyOf(relation),
    keyOf(partition)
  ),
  "detach-partition": (catalog, { relation, partition }) => removeChild(
    editKey(catalog, keyOf(partition), (table2) => ({ ...table2, partitionOf: null })),
    keyOf(relation),
    keyOf(partition)
  ),
  truncate: unchanged,
  "lock-relation": unchanged
};

// src/catalog/apply/server.ts
function dropSchema(catalog, schema) {
  let next = catalog;
  for (const table2 of catalog.relations.values()) if (table2.schema === schema) next = remove(next, keyOf(table2));
  for (const type of next.types.values())
    if (type.schema === schema) next = { ...next, types: next.types.without(keyOf(type)) };
  return { ...next, schemas: next.schemas.without(schema) };
}
function renameSchema(catalog, from, to) {
  let next = catalog;
  for (const table2 of catalog.relations.values())
    if (table2.schema === from) next = rekey(next, table2, { schema: to, name: table2.name });
  const age = catalog.schemas.get(from) ?? "existing";
  return { ...next, schemas: next.schemas.without(from).with(to, age) };
}
var server = {
  "create-schema": (catalog, { schema }) => ({ ...catalog, schemas: catalog.schemas.with(schema, "this-transaction") }),
  "drop-schema": (catalog, { schema }) => dropSchema(catalog, schema),
  "rename-schema": (catalog, { schema, to }) => renameSchema(catalog, schema, to),
  "create-extension": (catalog, { extension }) => ({
    ...catalog,
    extensions: catalog.extensions.with(extension, "this-transaction")
  }),
  "drop-extension": (catalog, { extension }) => ({ ...catalog, extensions: catalog.extensions.without(extension) }),
  "drop-database": unchanged,
  "note-relation": (catalog, { relation, what: what2, name }) => what2 === "statistics" && name !== null ? edit(catalog, relation, (table2) => ({ ...table2, statistics: [...table2.statistics, name] })) : catalog,
  grant: unchanged,
  vacuum: unchanged,
  analyze: unchanged,
  cluster: unchanged,
  "maintain-database": unchanged
};

// src/catalog/apply/session.ts
var schemas = (value) => value.split(",").map((part) => part.trim().replace(/^["']|["']$/g, "")).filter((part) => part !== "" && part !== "$user");
var searchPath = (catalog, value) => ({
  ...catalog,
  searchPath: value === null ? ["public"] : schemas(value)
});
var session = {
  set: (catalog, { setting, value }) => setting === "search_path" ? searchPath(catalog, value) : catalog,
  reset: (catalog, { setting }) => setting === null || setting === "search_path" ? searchPath(catalog, null) : catalog,
  transaction: unchanged,
  inert: unchanged,
  opaque: (catalog, { because }) => markPartial(catalog, because)
};

// src/catalog/apply/types.ts
function editType(catalog, key, update) {
  const type = catalog.types.get(key);
  return type ? { ...catalog, types: catalog.types.with(key, update(type)) } : catalog;
}
function rekeyType(catalog, key, to) {
  const type = catalog.types.get(key);
  if (!type) return catalog;
  const renamed = { ...type, ...to };
  let { relations } = catalog;
  for (const [table2, known2] of relations.entries())
    if (known2.columns.some((column) => keyOf(column.type) === key))
      relations = relations.with(table2, {
        ...known2,
        columns: known2.columns.map(
          (column) => keyOf(column.type) === key ? { ...column, type: { ...column.type, schema: renamed.schema, name: renamed.name } } : column
        )
      });
  return { ...catalog, relations, types: catalog.types.without(key).with(keyOf(renamed), renamed) };
}
var types = {
  "create-type": (catalog, { type }) => ({ ...catalog, types: catalog.types.with(keyOf(type), type) }),
  "drop-type": (catalog, { key, cascade: cascade2 }) => {
    let { relations } = catalog;
    if (cascade2) {
      for (const [table2, known2] of relations.entries())
        if (known2.columns.some((column) => keyOf(column.type) === key))
          relations = relations.with(table2, {
            ...known2,
            columns: known2.columns.filter((column) => keyOf(column.type) !== key)
          });
    }
    return { ...catalog, relations, types: catalog.types.without(key) };
  },
  "rename-type": (catalog, { key, to }) => rekeyType(catalog, key, { name: to }),
  "move-type": (catalog, { key, schema_to }) => rekeyType(catalog, key, { schema: schema_to }),
  "add-enum-value": (catalog, { key, label, exists: exists2 }) => exists2 ? catalog : editType(catalog, key, (type) => ({ ...type, labels: [...type.labels, label], fresh: [...type.fresh, label] })),
  "rename-enum-value": (catalog, { key, label, to }) => editType(catalog, key, (type) => ({ ...type, labels: type.labels.map((known2) => known2 === label ? to : known2) })),
  "alter-composite": unchanged,
  "add-domain-constraint": (catalog, { key, name, notNull, valid }) => editType(
    catalog,
    key,
    (type) => notNull ? { ...type, notNull: true } : { ...type, constraints: [...type.constraints, { name, notNull, valid }] }
  ),
  "validate-domain-constraint": (catalog, { key, name }) => editType(catalog, key, (type) => ({
    ...type,
    constraints: type.constraints.map((known2) => known2.name === name ? { ...known2, valid: true } : known2)
  })),
  "drop-domain-constraint": (catalog, { key, name, notNull }) => editType(
    catalog,
    key,
    (type) => notNull ? { ...type, notNull: false } : { ...type, constraints: type.constraints.filter((known2) => known2.name !== name) }
  ),
  "alter-domain-default": unchanged
};

// src/catalog/apply.ts
var APPLY = {
  ...tables,
  ...columns,
  ...constraints,
  ...indexes,
  ...rows,
  ...programs,
  ...types,
  ...sequences,
  ...server,
  ...session
};
var apply = (catalog, change) => APPLY[change.kind](catalog, change);

// src/effects/alone.ts
function refusesBlock(change, pg) {
  const say = (what2) => `${what2} cannot run inside a transaction block`;
  switch (change.kind) {
    case "create-index":
      return change.concurrently ? say("CREATE INDEX CONCURRENTLY") : null;
    case "drop-index":
      return change.concurrently ? say("DROP INDEX CONCURRENTLY") : null;
    case "reindex":
      if (change.concurrently) return say("REINDEX CONCURRENTLY");
      return change.relation.kind === "partitioned-table" && pg >= 14 ? say("REINDEX of a partitioned table") : null;
    case "reindex-many":
      return say(`REINDEX ${change.target.toUpperCase()}`);
    case "detach-partition":
      return change.concurrently ? say("ALTER TABLE … DETACH CONCURRENTLY") : null;
    case "vacuum":
      return say("VACUUM");
    case "cluster":
      return change.relation.kind === "partitioned-table" ? say("CLUSTER") : null;
    case "maintain-database":
      return change.what === "analyze" ? null : say(change.what === "cluster" ? "CLUSTER" : "VACUUM");
    case "drop-database":
      return say("DROP DATABASE");
    case "inert":
      return change.alone ? say(change.statement) : null;
    default:
      return null;
  }
}

// src/effects/price-list.ts
var lock = (relation, mode, until = "commit") => ({
  kind: "lock",
  relation,
  mode,
  until
});
var exclusive = (relation) => lock(relation, "ACCESS EXCLUSIVE");
var scan = (relation) => ({ kind: "scan", relation });
var rewrite = (relation) => ({ kind: "rewrite", relation });
var newFile = (relation) => ({ kind: "new-file", relation });
var build = (relation, index, rebuild = false) => ({
  kind: "build-index",
  relation,
  index,
  rebuild
});
var waitForOlder = (relation) => ({ kind: "wait", relation, for: "older-transactions" });
var lose = (relation, what2) => ({
  kind: "lose-data",
  relation,
  what: what2
});
var reject = (relation, condition) => ({ kind: "reject", relation, if: condition });
var fail = (relation, sqlstate, message) => ({
  kind: "fail",
  relation,
  sqlstate,
  message
});
var may = (parts2, because) => parts2.map((part) => ({ ...part, certainty: "may", because }));

// src/effects/resolve.ts
var creationSchema = (catalog) => catalog.searchPath[0] ?? "public";
var lookup = (catalog) => ["pg_temp", ...catalog.searchPath];
var unseenAge = (catalog) => catalog.partial.length > 0 ? "unknown" : "existing";
function locate({ schema, name }, catalog, has) {
  const normal = schema?.startsWith("pg_temp") ? "pg_temp" : schema;
  if (normal !== null) return has(keyOf({ schema: normal, name })) ? normal : null;
  for (const candidate of lookup(catalog)) if (has(keyOf({ schema: candidate, name }))) return candidate;
  return null;
}
function resolve(range, catalog, kind = "table") {
  return resolveName({ schema: range?.schemaname ?? null, name: range?.relname ?? "" }, catalog, kind);
}
function resolveName({ schema, name }, catalog, kind = "table") {
  const found = locate({ schema, name }, catalog, (key) => catalog.relations.has(key));
  const table2 = found === null ? void 0 : tableOf(catalog, { schema: found, name });
  if (table2) return relationOf(table2);
  return { schema: schema ?? creationSchema(catalog), name, kind, age: unseenAge(catalog) };
}
function resolveIndex({ schema, name }, catalog) {
  const found = locate({ schema, name }, catalog, (key) => catalog.indexes.has(key));
  const owner = found === null ? void 0 : catalog.indexes.get(keyOf({ schema: found, name }));
  const table2 = owner === void 0 ? void 0 : catalog.relations.get(owner);
  return table2 ? relationOf(table2) : null;
}
function resolveType(type, catalog) {
  if (type.schema !== "") return type;
  const found = locate(
    { schema: null, name: type.name },
    catalog,
    (key) => catalog.types.has(key) || catalog.relations.has(key)
  );
  return { ...type, schema: found ?? "pg_catalog" };
}
function relationAt(key, catalog, kind = "table") {
  const table2 = catalog.relations.get(key);
  if (table2) return relationOf(table2);
  const dot = key.indexOf(".");
  return { schema: key.slice(0, dot), name: key.slice(dot + 1), kind, age: unseenAge(catalog) };
}

// src/effects/data/catalog-data.ts
var VOLATILE = `
amvalidate array_sample array_shuffle brin_desummarize_range brin_summarize_new_values brin_summarize_range
clock_timestamp current_query currtid2 currval cursor_to_xml cursor_to_xmlschema gen_random_uuid
gin_clean_pending_list lastval lo_close lo_creat lo_create lo_export lo_from_bytea lo_get lo_import lo_lseek
lo_lseek64 lo_open lo_put lo_tell lo_tell64 lo_truncate lo_truncate64 lo_unlink loread lowrite nextval
pg_advisory_lock pg_advisory_lock_shared pg_advisory_unlock pg_advisory_unlock_all pg_advisory_unlock_shared
pg_advisory_xact_lock pg_advisory_xact_lock_shared pg_available_wal_summaries pg_backup_start pg_backup_stop
pg_blocking_pids pg_cancel_backend pg_clear_attribute_stats pg_clear_relation_stats
pg_collation_actual_version pg_control_checkpoint pg_control_init pg_control_recovery pg_control_system
pg_copy_logical_replication_slot pg_copy_physical_replication_slot pg_create_logical_replication_slot
pg_create_physical_replication_slot pg_create_restore_point pg_current_logfile pg_current_wal_flush_lsn
pg_current_wal_insert_lsn pg_current_wal_lsn pg_database_collation_actual_version pg_database_size
pg_drop_replication_slot pg_export_snapshot pg_extension_config_dump pg_get_aios
pg_get_backend_memory_contexts pg_get_loaded_modules pg_get_multixact_members pg_get_sequence_data
pg_get_shmem_allocations pg_get_shmem_allocations_numa pg_get_wait_events pg_get_wal_replay_pause_state
pg_get_wal_resource_managers pg_get_wal_summarizer_state pg_hba_file_rules pg_ident_file_mappings
pg_import_system_collations pg_indexes_size pg_is_in_recovery pg_is_wal_replay_paused
pg_isolation_test_session_is_blocked pg_jit_available pg_last_committed_xact pg_last_wal_receive_lsn
pg_last_wal_replay_lsn pg_last_xact_replay_timestamp pg_lock_status pg_log_backend_memory_contexts
pg_log_standby_snapshot pg_logical_emit_message pg_logical_slot_get_binary_changes
pg_logical_slot_get_changes pg_logical_slot_peek_binary_changes pg_logical_slot_peek_changes
pg_ls_archive_statusdir pg_ls_dir pg_ls_logdir pg_ls_logicalmapdir pg_ls_logicalsnapdir pg_ls_replslotdir
pg_ls_summariesdir pg_ls_tmpdir pg_ls_waldir pg_nextoid pg_notification_queue_usage pg_notify
pg_partition_ancestors pg_partition_tree pg_prepared_xact pg_promote pg_read_binary_file pg_read_file
pg_relation_size pg_reload_conf pg_replication_origin_advance pg_replication_origin_create
pg_replication_origin_drop pg_replication_origin_progress pg_replication_origin_session_is_setup
pg_replication_origin_session_progress pg_replication_origin_session_reset
pg_replication_origin_session_setup pg_replication_origin_xact_reset pg_replication_origin_xact_setup
pg_replication_slot_advance pg_restore_attribute_stats pg_restore_relation_stats pg_rotate_logfile
pg_safe_snapshot_blocking_pids pg_sequence_last_value pg_show_all_file_settings
pg_show_replication_origin_status pg_sleep pg_sleep_for pg_sleep_until pg_stat_clear_snapshot pg_stat_file
pg_stat_force_next_flush pg_stat_have_stats pg_stat_reset pg_stat_reset_backend_stats
pg_stat_reset_replication_slot pg_stat_reset_shared pg_stat_reset_single_function_counters
pg_stat_reset_single_table_counters pg_stat_reset_slru pg_stat_reset_subscription_stats
pg_stop_making_pinned_objects pg_switch_wal pg_sync_replication_slots pg_table_size pg_tablespace_size
pg_terminate_backend pg_total_relation_size pg_try_advisory_lock pg_try_advisory_lock_shared
pg_try_advisory_xact_lock pg_try_advisory_xact_lock_shared pg_wal_replay_pause pg_wal_replay_resume
pg_wal_summary_contents pg_xact_commit_timestamp pg_xact_commit_timestamp_origin pg_xact_status
plpgsql_validator query_to_xml query_to_xml_and_xmlschema query_to_xmlschema random random_normal set_config
setseed setval timeofday ts_rewrite ts_stat txid_status uuidv4 uuidv7
`;
var STABLE = `
aclexplode age anyarray_send anycompatiblearray_send anytextcat array_send array_to_json array_to_string
bpcharsend brin_bloom_summary_send brin_minmax_multi_summary_send col_description concat concat_ws convert
convert_from convert_to current_database current_schema current_schemas current_setting current_user
database_to_xml database_to_xml_and_xmlschema database_to_xmlschema date date_add date_cmp_timestamptz
date_eq_timestamptz date_ge_timestamptz date_gt_timestamptz date_le_timestamptz date_lt_timestamptz
date_ne_timestamptz date_part date_subtract date_trunc enum_first enum_last enum_range enum_send extract
fmgr_c_validator fmgr_internal_validator fmgr_sql_validator format format_type generate_series
get_current_ts_config getdatabaseencoding getpgusername has_any_column_privilege has_column_privilege
has_database_privilege has_foreign_data_wrapper_privilege has_function_privilege has_language_privilege
has_largeobject_privilege has_parameter_privilege has_schema_privilege has_sequence_privilege
has_server_privilege has_table_privilege has_tablespace_privilege has_type_privilege in_range
inet_client_addr inet_client_port inet_server_addr inet_server_port interval_pl_timestamptz json_agg
json_agg_strict json_build_array json_build_object json_object_agg json_object_agg_strict
json_object_agg_unique json_object_agg_unique_strict json_populate_record json_populate_recordset
json_to_record json_to_recordset json_to_tsvector jsonb_agg jsonb_agg_strict jsonb_build_array
jsonb_build_object jsonb_path_exists_tz jsonb_path_match_tz jsonb_path_query_array_tz
jsonb_path_query_first_tz jsonb_path_query_tz jsonb_populate_record jsonb_populate_record_valid
jsonb_populate_recordset jsonb_to_record jsonb_to_recordset jsonb_to_tsvector length make_timestamptz money
multirange_send mxid_age namesend now numeric obj_description oidvectortypes overlaps
pg_available_extension_versions pg_available_extensions pg_backend_pid pg_basetype pg_char_to_encoding
pg_client_encoding pg_collation_for pg_collation_is_visible pg_column_compression pg_column_is_updatable
pg_column_size pg_column_toast_chunk_id pg_conf_load_time pg_config pg_conversion_is_visible
pg_current_snapshot pg_current_xact_id pg_current_xact_id_if_assigned pg_cursor pg_dependencies_send
pg_describe_object pg_encoding_to_char pg_event_trigger_ddl_commands pg_event_trigger_dropped_objects
pg_event_trigger_table_rewrite_oid pg_event_trigger_table_rewrite_reason pg_extension_update_paths
pg_filenode_relation pg_function_is_visible pg_get_acl pg_get_catalog_foreign_keys pg_get_constraintdef
pg_get_expr pg_get_function_arg_default pg_get_function_arguments pg_get_function_identity_arguments
pg_get_function_result pg_get_function_sqlbody pg_get_functiondef pg_get_indexdef pg_get_keywords
pg_get_object_address pg_get_partition_constraintdef pg_get_partkeydef pg_get_publication_tables
pg_get_replica_identity_index pg_get_replication_slots pg_get_ruledef pg_get_serial_sequence
pg_get_statisticsobjdef pg_get_statisticsobjdef_columns pg_get_statisticsobjdef_expressions pg_get_triggerdef
pg_get_userbyid pg_get_viewdef pg_has_role pg_identify_object pg_identify_object_as_address
pg_index_column_has_property pg_index_has_property pg_indexam_has_property pg_input_error_info
pg_input_is_valid pg_is_other_temp_schema pg_listening_channels pg_mcv_list_items pg_mcv_list_send
pg_my_temp_schema pg_ndistinct_send pg_node_tree_send pg_numa_available pg_opclass_is_visible
pg_operator_is_visible pg_opfamily_is_visible pg_options_to_table pg_postmaster_start_time
pg_prepared_statement pg_relation_filenode pg_relation_filepath pg_relation_is_publishable
pg_relation_is_updatable pg_replication_origin_oid pg_sequence_parameters pg_settings_get_flags
pg_show_all_settings pg_split_walfile_name pg_statistics_obj_is_visible pg_table_is_visible
pg_tablespace_databases pg_tablespace_location pg_timezone_abbrevs_abbrevs pg_timezone_abbrevs_zone
pg_timezone_names pg_trigger_depth pg_ts_config_is_visible pg_ts_dict_is_visible pg_ts_parser_is_visible
pg_ts_template_is_visible pg_type_is_visible pg_typeof phraseto_tsquery plainto_tsquery quote_literal
quote_nullable range_send record_send regclass row_security_active row_to_json schema_to_xml
schema_to_xml_and_xmlschema schema_to_xmlschema session_user shobj_description statement_timestamp
system_user table_to_xml table_to_xml_and_xmlschema table_to_xmlschema textanycat textsend time timestamp
timestamp_cmp_timestamptz timestamp_eq_timestamptz timestamp_ge_timestamptz timestamp_gt_timestamptz
timestamp_le_timestamptz timestamp_lt_timestamptz timestamp_ne_timestamptz timestamptz timestamptz_cmp_date
timestamptz_cmp_timestamp timestamptz_eq_date timestamptz_eq_timestamp timestamptz_ge_date
timestamptz_ge_timestamp timestamptz_gt_date timestamptz_gt_timestamp timestamptz_le_date
timestamptz_le_timestamp timestamptz_lt_date timestamptz_lt_timestamp timestamptz_mi_interval
timestamptz_ne_date timestamptz_ne_timestamp timestamptz_pl_interval timetz timezone to_char to_date to_json
to_jsonb to_number to_regclass to_regcollation to_regnamespace to_regoper to_regoperator to_regproc
to_regprocedure to_regrole to_regtype to_regtypemod to_timestamp to_tsquery to_tsvector transaction_timestamp
ts_debug ts_headline ts_match_tq ts_match_tt ts_parse ts_token_type txid_current txid_current_if_assigned
txid_current_snapshot varcharsend version websearch_to_tsquery xml xml_is_well_formed xml_send
`;
var IMMUTABLE = `
abbrev abs aclcontains acldefault aclinsert aclitemeq aclremove acos acosd acosh any_value any_value_transfn
area array_agg array_append array_cat array_dims array_eq array_fill array_ge array_gt array_larger array_le
array_length array_lower array_lt array_ndims array_ne array_position array_positions array_prepend
array_remove array_replace array_reverse array_smaller array_sort array_to_tsvector array_upper
arraycontained arraycontains arrayoverlap ascii asin asind asinh atan atan2 atan2d atand atanh avg bit
bit_and bit_count bit_length bit_or bit_send bit_xor bitand bitcat bitcmp biteq bitge bitgt bitle bitlt bitne
bitnot bitor bitshiftleft bitshiftright bittypmodin bitxor bool bool_and bool_or booland_statefunc booleq
boolge boolgt boolle boollt boolne boolor_statefunc boolsend bound_box box box_above box_above_eq box_add
box_below box_below_eq box_center box_contain box_contain_pt box_contained box_distance box_div box_eq box_ge
box_gt box_intersect box_le box_left box_lt box_mul box_overabove box_overbelow box_overlap box_overleft
box_overright box_right box_same box_send box_sub bpchar bpchar_larger bpchar_pattern_ge bpchar_pattern_gt
bpchar_pattern_le bpchar_pattern_lt bpchar_smaller bpcharcmp bpchareq bpcharge bpchargt bpchariclike
bpcharicnlike bpcharicregexeq bpcharicregexne bpcharle bpcharlike bpcharlt bpcharne bpcharnlike bpcharregexeq
bpcharregexne bpchartypmodin broadcast btequalimage btrim btvarstrequalimage bytea bytea_larger bytea_smaller
byteacat byteacmp byteaeq byteage byteagt byteale bytealike bytealt byteane byteanlike byteasend cardinality
casefold cash_cmp cash_div_cash cash_div_flt4 cash_div_flt8 cash_div_int2 cash_div_int4 cash_div_int8 cash_eq
cash_ge cash_gt cash_le cash_lt cash_mi cash_mul_flt4 cash_mul_flt8 cash_mul_int2 cash_mul_int4 cash_mul_int8
cash_ne cash_pl cash_send cash_words cashlarger cashsmaller cbrt ceil ceiling center char char_length
character_length chareq charge chargt charle charlt charne charsend chr cideq cidr cidr_send cidsend circle
circle_above circle_add_pt circle_below circle_center circle_contain circle_contain_pt circle_contained
circle_distance circle_div_pt circle_eq circle_ge circle_gt circle_le circle_left circle_lt circle_mul_pt
circle_ne circle_overabove circle_overbelow circle_overlap circle_overleft circle_overright circle_right
circle_same circle_send circle_sub_pt close_ls close_lseg close_pb close_pl close_ps close_sb corr cos cosd
cosh cot cotd count covar_pop covar_samp crc32 crc32c cume_dist date_bin date_cmp date_cmp_timestamp date_eq
date_eq_timestamp date_ge date_ge_timestamp date_gt date_gt_timestamp date_larger date_le date_le_timestamp
date_lt date_lt_timestamp date_mi date_mi_interval date_mii date_ne date_ne_timestamp date_pl_interval
date_pli date_send date_smaller datemultirange daterange daterange_canonical daterange_subdiff datetime_pl
datetimetz_pl dcbrt decode degrees dense_rank dexp diagonal diameter dist_bp dist_bs dist_cpoint dist_cpoly
dist_lp dist_ls dist_pathp dist_pb dist_pc dist_pl dist_polyc dist_polyp dist_ppath dist_ppoly dist_ps
dist_sb dist_sl dist_sp div dlog1 dlog10 dpow dround dsqrt dtrunc elem_contained_by_multirange
elem_contained_by_range encode enum_cmp enum_eq enum_ge enum_gt enum_larger enum_le enum_lt enum_ne
enum_smaller erf erfc every exp factorial family first_value float4 float48div float48eq float48ge float48gt
float48le float48lt float48mi float48mul float48ne float48pl float4_accum float4abs float4div float4eq
float4ge float4gt float4larger float4le float4lt float4mi float4mul float4ne float4pl float4send
float4smaller float4um float4up float8 float84div float84eq float84ge float84gt float84le float84lt float84mi
float84mul float84ne float84pl float8_accum float8_avg float8_combine float8_corr float8_covar_pop
float8_covar_samp float8_regr_accum float8_regr_avgx float8_regr_avgy float8_regr_combine
float8_regr_intercept float8_regr_r2 float8_regr_slope float8_regr_sxx float8_regr_sxy float8_regr_syy
float8_stddev_pop float8_stddev_samp float8_var_pop float8_var_samp float8abs float8div float8eq float8ge
float8gt float8larger float8le float8lt float8mi float8mul float8ne float8pl float8send float8smaller
float8um float8up floor flt4_mul_cash flt8_mul_cash gamma gcd generate_subscripts get_bit get_byte
gin_cmp_tslexeme gin_compare_jsonb gist_translate_cmptype_common hash_aclitem hash_array hash_multirange
hash_numeric hash_range hash_record hashbool hashbpchar hashbytea hashchar hashcid hashdate hashenum
hashfloat4 hashfloat8 hashinet hashint2 hashint4 hashint8 hashmacaddr hashmacaddr8 hashname hashoid
hashoidvector hashtext hashtid hashxid hashxid8 height host hostmask icu_unicode_version inet_merge
inet_same_family inet_send inetand inetmi inetmi_int8 inetnot inetor inetpl initcap int2 int24div int24eq
int24ge int24gt int24le int24lt int24mi int24mul int24ne int24pl int28div int28eq int28ge int28gt int28le
int28lt int28mi int28mul int28ne int28pl int2_avg_accum int2_avg_accum_inv int2_mul_cash int2_sum int2abs
int2and int2div int2eq int2ge int2gt int2int4_sum int2larger int2le int2lt int2mi int2mod int2mul int2ne
int2not int2or int2pl int2send int2shl int2shr int2smaller int2um int2up int2vectorsend int2xor int4 int42div
int42eq int42ge int42gt int42le int42lt int42mi int42mul int42ne int42pl int48div int48eq int48ge int48gt
int48le int48lt int48mi int48mul int48ne int48pl int4_avg_accum int4_avg_accum_inv int4_avg_combine
int4_mul_cash int4_sum int4abs int4and int4div int4eq int4ge int4gt int4inc int4larger int4le int4lt int4mi
int4mod int4mul int4multirange int4ne int4not int4or int4pl int4range int4range_canonical int4range_subdiff
int4send int4shl int4shr int4smaller int4um int4up int4xor int8 int82div int82eq int82ge int82gt int82le
int82lt int82mi int82mul int82ne int82pl int84div int84eq int84ge int84gt int84le int84lt int84mi int84mul
int84ne int84pl int8_avg int8_mul_cash int8_sum int8abs int8and int8dec int8dec_any int8div int8eq int8ge
int8gt int8inc int8inc_any int8inc_float8_float8 int8larger int8le int8lt int8mi int8mod int8mul
int8multirange int8ne int8not int8or int8pl int8pl_inet int8range int8range_canonical int8range_subdiff
int8send int8shl int8shr int8smaller int8um int8up int8xor integer_pl_date inter_lb inter_sb inter_sl
interval interval_cmp interval_div interval_eq interval_ge interval_gt interval_hash interval_hash_extended
interval_larger interval_le interval_lt interval_mi interval_mul interval_ne interval_pl interval_pl_date
interval_pl_time interval_pl_timestamp interval_pl_timetz interval_send interval_smaller interval_um
intervaltypmodin is_normalized isclosed isempty isfinite ishorizontal isopen isparallel isperp isvertical
json_array_element json_array_element_text json_array_elements json_array_elements_text json_array_length
json_each json_each_text json_extract_path json_extract_path_text json_object json_object_field
json_object_field_text json_object_keys json_send json_strip_nulls json_typeof jsonb_array_element
jsonb_array_element_text jsonb_array_elements jsonb_array_elements_text jsonb_array_length jsonb_cmp
jsonb_concat jsonb_contained jsonb_contains jsonb_delete jsonb_delete_path jsonb_each jsonb_each_text
jsonb_eq jsonb_exists jsonb_exists_all jsonb_exists_any jsonb_extract_path jsonb_extract_path_text jsonb_ge
jsonb_gt jsonb_hash jsonb_hash_extended jsonb_insert jsonb_le jsonb_lt jsonb_ne jsonb_object jsonb_object_agg
jsonb_object_agg_strict jsonb_object_agg_unique jsonb_object_agg_unique_strict jsonb_object_field
jsonb_object_field_text jsonb_object_keys jsonb_path_exists jsonb_path_exists_opr jsonb_path_match
jsonb_path_match_opr jsonb_path_query jsonb_path_query_array jsonb_path_query_first jsonb_pretty jsonb_send
jsonb_set jsonb_set_lax jsonb_strip_nulls jsonb_typeof jsonpath_send justify_days justify_hours
justify_interval lag last_value lcm lead left lgamma like like_escape line line_distance line_eq
line_horizontal line_interpt line_intersect line_parallel line_perp line_send line_vertical ln log log10
lower lower_inc lower_inf lpad lseg lseg_center lseg_distance lseg_eq lseg_ge lseg_gt lseg_horizontal
lseg_interpt lseg_intersect lseg_le lseg_length lseg_lt lseg_ne lseg_parallel lseg_perp lseg_send
lseg_vertical ltrim macaddr macaddr8 macaddr8_and macaddr8_cmp macaddr8_eq macaddr8_ge macaddr8_gt
macaddr8_le macaddr8_lt macaddr8_ne macaddr8_not macaddr8_or macaddr8_send macaddr8_set7bit macaddr_and
macaddr_cmp macaddr_eq macaddr_ge macaddr_gt macaddr_le macaddr_lt macaddr_ne macaddr_not macaddr_or
macaddr_send make_date make_interval make_time make_timestamp makeaclitem masklen max md5 min min_scale mod
mode mul_d_interval multirange multirange_adjacent_multirange multirange_adjacent_range
multirange_after_multirange multirange_after_range multirange_before_multirange multirange_before_range
multirange_cmp multirange_contained_by_multirange multirange_contained_by_range multirange_contains_elem
multirange_contains_multirange multirange_contains_range multirange_eq multirange_ge multirange_gt
multirange_intersect multirange_intersect_agg_transfn multirange_le multirange_lt multirange_minus
multirange_ne multirange_overlaps_multirange multirange_overlaps_range multirange_overleft_multirange
multirange_overleft_range multirange_overright_multirange multirange_overright_range multirange_union name
nameconcatoid nameeq nameeqtext namege namegetext namegt namegttext nameiclike nameicnlike nameicregexeq
nameicregexne namele nameletext namelike namelt namelttext namene namenetext namenlike nameregexeq
nameregexne netmask network network_cmp network_eq network_ge network_gt network_larger network_le network_lt
network_ne network_overlap network_smaller network_sub network_subeq network_sup network_supeq normalize
notlike npoints nth_value ntile num_nonnulls num_nulls numeric_abs numeric_add numeric_cmp numeric_div
numeric_div_trunc numeric_eq numeric_exp numeric_ge numeric_gt numeric_inc numeric_larger numeric_le
numeric_ln numeric_log numeric_lt numeric_mod numeric_mul numeric_ne numeric_pl_pg_lsn numeric_power
numeric_send numeric_smaller numeric_sqrt numeric_sub numeric_uminus numeric_uplus numerictypmodin
nummultirange numnode numrange numrange_subdiff octet_length oid oideq oidge oidgt oidlarger oidle oidlt
oidne oidsend oidsmaller oidvectoreq oidvectorge oidvectorgt oidvectorle oidvectorlt oidvectorne
oidvectorsend on_pb on_pl on_ppath on_ps on_sb on_sl overlay parse_ident path path_add path_add_pt
path_contain_pt path_distance path_div_pt path_inter path_length path_mul_pt path_n_eq path_n_ge path_n_gt
path_n_le path_n_lt path_npoints path_send path_sub_pt pclose percent_rank percentile_cont percentile_disc
pg_ddl_command_send pg_encoding_max_length pg_indexam_progress_phasename pg_lsn pg_lsn_cmp pg_lsn_eq
pg_lsn_ge pg_lsn_gt pg_lsn_hash pg_lsn_hash_extended pg_lsn_larger pg_lsn_le pg_lsn_lt pg_lsn_mi pg_lsn_mii
pg_lsn_ne pg_lsn_pli pg_lsn_send pg_lsn_smaller pg_partition_root pg_size_bytes pg_size_pretty
pg_snapshot_send pg_snapshot_xip pg_snapshot_xmax pg_snapshot_xmin pg_visible_in_snapshot pg_wal_lsn_diff
pg_walfile_name pg_walfile_name_offset pi point point_above point_add point_below point_distance point_div
point_eq point_horiz point_left point_mul point_ne point_right point_send point_sub point_vert poly_above
poly_below poly_center poly_contain poly_contain_pt poly_contained poly_distance poly_left poly_npoints
poly_overabove poly_overbelow poly_overlap poly_overleft poly_overright poly_right poly_same poly_send
polygon popen position postgresql_fdw_validator pow power pt_contained_circle pt_contained_poly querytree
quote_ident radians radius range_adjacent range_adjacent_multirange range_after range_after_multirange
range_agg range_before range_before_multirange range_cmp range_contained_by range_contained_by_multirange
range_contains range_contains_elem range_contains_multirange range_eq range_ge range_gt range_intersect
range_intersect_agg range_intersect_agg_transfn range_le range_lt range_merge range_minus range_ne
range_overlaps range_overlaps_multirange range_overleft range_overleft_multirange range_overright
range_overright_multirange range_union rank record_eq record_ge record_gt record_image_eq record_image_ge
record_image_gt record_image_le record_image_lt record_image_ne record_larger record_le record_lt record_ne
record_smaller regclasssend regcollationsend regconfigsend regdictionarysend regexp_count regexp_instr
regexp_like regexp_match regexp_matches regexp_replace regexp_split_to_array regexp_split_to_table
regexp_substr regnamespacesend regoperatorsend regopersend regproceduresend regprocsend regr_avgx regr_avgy
regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy regrolesend regtypesend repeat
replace reverse right round row_number rpad rtrim satisfies_hash_partition scale set_bit set_byte set_masklen
setweight sha224 sha256 sha384 sha512 sign similar_escape similar_to_escape sin sind sinh slope
spg_poly_quad_compress split_part sqrt starts_with stddev stddev_pop stddev_samp string_agg string_to_array
string_to_table strip strpos substr substring sum tan tand tanh text text_ge text_gt text_larger text_le
text_lt text_pattern_ge text_pattern_gt text_pattern_le text_pattern_lt text_smaller textcat texteq
texteqname textgename textgtname texticlike texticnlike texticregexeq texticregexne textlen textlename
textlike textltname textne textnename textnlike textregexeq textregexne tideq tidge tidgt tidlarger tidle
tidlt tidne tidsend tidsmaller time_cmp time_eq time_ge time_gt time_hash time_hash_extended time_larger
time_le time_lt time_mi_interval time_mi_time time_ne time_pl_interval time_send time_smaller timedate_pl
timestamp_cmp timestamp_cmp_date timestamp_eq timestamp_eq_date timestamp_ge timestamp_ge_date timestamp_gt
timestamp_gt_date timestamp_hash timestamp_hash_extended timestamp_larger timestamp_le timestamp_le_date
timestamp_lt timestamp_lt_date timestamp_mi timestamp_mi_interval timestamp_ne timestamp_ne_date
timestamp_pl_interval timestamp_send timestamp_smaller timestamptypmodin timestamptz_cmp timestamptz_eq
timestamptz_ge timestamptz_gt timestamptz_hash timestamptz_hash_extended timestamptz_larger timestamptz_le
timestamptz_lt timestamptz_mi timestamptz_ne timestamptz_send timestamptz_smaller timestamptztypmodin
timetypmodin timetz_cmp timetz_eq timetz_ge timetz_gt timetz_hash timetz_hash_extended timetz_larger
timetz_le timetz_lt timetz_mi_interval timetz_ne timetz_pl_interval timetz_send timetz_smaller timetzdate_pl
timetztypmodin to_ascii to_bin to_hex to_oct translate trim_array trim_scale trunc ts_delete ts_filter
ts_lexize ts_match_qv ts_match_vq ts_rank ts_rank_cd tsmultirange tsq_mcontained tsq_mcontains tsquery_and
tsquery_cmp tsquery_eq tsquery_ge tsquery_gt tsquery_le tsquery_lt tsquery_ne tsquery_not tsquery_or
tsquery_phrase tsquerysend tsrange tsrange_subdiff tstzmultirange tstzrange tstzrange_subdiff tsvector_cmp
tsvector_concat tsvector_eq tsvector_ge tsvector_gt tsvector_le tsvector_lt tsvector_ne tsvector_to_array
tsvectorsend txid_snapshot_send txid_snapshot_xip txid_snapshot_xmax txid_snapshot_xmin
txid_visible_in_snapshot unicode_assigned unicode_version unistr unknownsend unnest upper upper_inc upper_inf
uuid_cmp uuid_eq uuid_extract_timestamp uuid_extract_version uuid_ge uuid_gt uuid_hash uuid_hash_extended
uuid_le uuid_lt uuid_ne uuid_send var_pop var_samp varbit varbit_send varbitcmp varbiteq varbitge varbitgt
varbitle varbitlt varbitne varbittypmodin varchar varchartypmodin variance void_send width width_bucket xid
xid8_larger xid8_smaller xid8cmp xid8eq xid8ge xid8gt xid8le xid8lt xid8ne xid8send xideq xideqint4 xidneq
xidneqint4 xidsend xml_is_well_formed_content xml_is_well_formed_document xmlagg xmlcomment xmlconcat2
xmlexists xmltext xmlvalidate xpath xpath_exists
`;
var BINARY_CASTS = `
bit>varbit cidr>inet int4>oid int4>regclass int4>regcollation int4>regconfig int4>regdictionary
int4>regnamespace int4>regoper int4>regoperator int4>regproc int4>regprocedure int4>regrole int4>regtype
oid>int4 oid>regclass oid>regcollation oid>regconfig oid>regdictionary oid>regnamespace oid>regoper
oid>regoperator oid>regproc oid>regprocedure oid>regrole oid>regtype pg_dependencies>bytea pg_mcv_list>bytea
pg_ndistinct>bytea pg_node_tree>text regclass>int4 regclass>oid regcollation>int4 regcollation>oid
regconfig>int4 regconfig>oid regdictionary>int4 regdictionary>oid regnamespace>int4 regnamespace>oid
regoper>int4 regoper>oid regoper>regoperator regoperator>int4 regoperator>oid regoperator>regoper
regproc>int4 regproc>oid regproc>regprocedure regprocedure>int4 regprocedure>oid regprocedure>regproc
regrole>int4 regrole>oid regtype>int4 regtype>oid text>bpchar text>varchar varbit>bit varchar>bpchar
varchar>text xml>bpchar xml>text xml>varchar
`;

// src/effects/retype.ts
var REWRITE = { rewrite: "yes", indexes: "rebuilt", lossy: false };
var FREE = { rewrite: "no", indexes: "kept", lossy: false };
var REINDEX = { rewrite: "no", indexes: "rebuilt", lossy: false };
var maybe = (because) => ({ rewrite: "may", indexes: "may", because, lossy: false });
var casts = null;
var isBinary = (from, to) => {
  casts ??= new Set(BINARY_CASTS.split(/\s+/));
  return casts.has(`${from}>${to}`);
};
var SHARED_CLASS = /* @__PURE__ */ new Set(["varchar>text", "text>varchar", "cidr>inet", "varchar>varchar"]);
function retype({ from, to, collation, using }, at) {
  if (using === "expression") return { ...REWRITE, lossy: false };
  if (from === null) return maybe("the present type is not known");
  const source = unwrap(from.type, at);
  const goal = unwrap(to, at);
  if (keyOf(from.type) === keyOf(to) && sameMods(from.type, to) && from.type.array === to.array)
    return collate(FREE, from, collation);
  if (goal.unknown || source.unknown) return maybe("the type is not defined in the migrations");
  if (goal.constrained) return REWRITE;
  if (source.type.array !== goal.type.array) return REWRITE;
  if (source.type.array)
    return keyOf(source.type) === keyOf(goal.type) && sameMods(source.type, goal.type) ? collate(FREE, from, collation) : REWRITE;
  return collate(between(source.type, goal.type, at), from, collation);
}
function unwrap(type, { catalog }) {
  const domain2 = catalog.types.get(keyOf(type));
  if (domain2?.kind === "domain" && domain2.base) {
    const base = unwrap({ ...domain2.base, array: type.array || domain2.base.array }, { catalog });
    return { ...base, constrained: base.constrained || domain2.notNull || domain2.constraints.length > 0 };
  }
  const known2 = type.schema === "pg_catalog" || domain2 !== void 0 || type.name === "citext";
  return { type, constrained: false, unknown: !known2 };
}
var sameMods = (a, b) => String(a.mods) === String(b.mods) && a.fields === b.fields;
function collate(verdict2, from, collation) {
  return verdict2.rewrite === "no" && (collation ?? null) !== from.collation ? REINDEX : verdict2;
}
function between(from, to, at) {
  if (keyOf(from) === keyOf(to)) {
    const grows = GROWS[to.name];
    if (sameMods(from, to)) return FREE;
    return grows?.(from.mods, to.mods) === true ? FREE : { ...REWRITE, lossy: ROUNDS.has(to.name) };
  }
  if (from.name === "citext" || to.name === "citext") {
    const other = from.name === "citext" ? to : from;
    return ["text", "varchar"].includes(other.name) && to.mods.length === 0 ? REINDEX : REWRITE;
  }
  const pair = `${from.name}>${to.name}`;
  if (pair === "timestamp>timestamptz" || pair === "timestamptz>timestamp") return betweenTimestamps(from, to, at);
  if (from.schema === "pg_catalog" && to.schema === "pg_catalog" && isBinary(from.name, to.name)) {
    if (to.mods.length > 0 || to.name === "bpchar") return REWRITE;
    return SHARED_CLASS.has(pair) ? FREE : REINDEX;
  }
  return { ...REWRITE, lossy: LOSES.has(pair) };
}
function betweenTimestamps(from, to, { settings }) {
  const precise = precision(from.mods, to.mods) || sameMods(from, to);
  const zone = settings.get("timezone")?.toLowerCase();
  if (!precise) return { ...REWRITE, lossy: true };
  if (zone === void 0) return maybe("only a session whose TimeZone is UTC is spared the rewrite");
  return ["utc", "gmt", "etc/utc", "etc/gmt", "zulu", "universal"].includes(zone) ? REINDEX : REWRITE;
}
var length = ([from], [to]) => to === void 0 || from !== void 0 && to >= from;
var precision = ([from], [to]) => to === void 0 || to === 6 || from !== void 0 && to >= from;
var GROWS = {
  varchar: length,
  varbit: length,
  numeric: ([p, s = 0], [toP, toS = 0]) => toP === void 0 || p !== void 0 && s === toS && toP >= p,
  timestamp: precision,
  timestamptz: precision,
  time: precision,
  timetz: precision,
  interval: precision
};
var ROUNDS = /* @__PURE__ */ new Set(["numeric", "timestamp", "timestamptz", "time", "timetz", "interval"]);
var LOSES = /* @__PURE__ */ new Set([
  "numeric>int2",
  "numeric>int4",
  "numeric>int8",
  "numeric>float4",
  "numeric>float8",
  "float8>float4",
  "float8>int2",
  "float8>int4",
  "float8>int8",
  "float4>int2",
  "float4>int4",
  "float4>int8",
  "timestamp>date",
  "timestamptz>date",
  "timestamp>time",
  "timestamptz>time"
]);

// src/effects/price/second-tables.ts
var known = (relation, catalog) => catalog.relations.get(keyOf(relation));
var childrenOf = (relation, catalog) => descendants(catalog, keyOf(relation)).map(relationOf);
var family = (relation, catalog) => [
  relation,
  ...childrenOf(relation, catalog)
];
var withRows = (relation, catalog) => family(relation, catalog).filter((member) => member.kind !== "partitioned-table" && member.kind !== "foreign-table");
var target = (constraint, catalog) => constraint.references && relationAt(keyOf(constraint.references), catalog);
function partners(relation, catalog) {
  const own = known(relation, catalog)?.constraints.flatMap((c) => target(c, catalog) ?? []) ?? [];
  const others2 = referencing(catalog, keyOf(relation)).map(relationOf);
  const found = new Map([...own, ...others2].map((partner) => [keyOf(partner), partner]));
  found.delete(keyOf(relation));
  return [...found.values()];
}
function dependentViews(key, catalog, column = null) {
  const found = /* @__PURE__ */ new Map();
  for (const keys = [key]; keys.length > 0; ) {
    const of = keys.pop();
    for (const view of catalog.relations.values()) {
      const own = keyOf(view);
      const reads = view.reads.some(
        (read2) => read2.relation === of && (of !== key || column === null || read2.columns === null || read2.columns.includes(column))
      );
      if (!reads || found.has(own)) continue;
      found.set(own, relationOf(view));
      keys.push(own);
    }
  }
  return [...found.values()];
}
var provedNotNull = (table2, column) => table2?.columns.some((known2) => known2.name === column && known2.notNull) === true || table2?.constraints.some((c) => c.valid && c.enforced && c.provesNotNull.includes(column)) === true;
var incomplete = (table2) => table2?.complete !== true;
var nameOn = (member, relation, { name, columns: columns3, type }, catalog) => keyOf(member) === keyOf(relation) ? name : partitionIndexName(member, columns3, type, catalog);

// src/effects/price/columns.ts
var locks2 = (relation, { catalog }) => family(relation, catalog).map(exclusive);
var rewriteAll = (relation, { catalog }) => withRows(relation, catalog).flatMap((member) => [rewrite(member), scan(member)]);
function addColumn2({ relation, column, only }, at) {
  const parts2 = only ? [exclusive(relation)] : locks2(relation, at);
  const domain2 = at.catalog.types.get(keyOf(column.type));
  const constrained = domain2?.kind === "domain" && (domain2.notNull || domain2.constraints.length > 0);
  const volatility2 = column.default?.volatility;
  if (column.identity || column.generated === "stored" || volatility2 === "volatile" || constrained && !column.type.array)
    return [...parts2, ...rewriteAll(relation, at)];
  if (volatility2 === "unknown")
    return [
      ...parts2,
      ...may(rewriteAll(relation, at), "the definition of the function in the default is not in the migrations")
    ];
  const empty = !column.default || column.default.isNull;
  if (column.notNull && empty && column.generated === null)
    return [...parts2, ...withRows(relation, at.catalog).map(scan), reject(relation, "the table has rows")];
  return parts2;
}
function dropColumn2({ relation, column, cascade: cascade2 }, at) {
  const { catalog } = at;
  const table2 = known(relation, catalog);
  const foreign = (table2?.constraints ?? []).flatMap(
    (c) => c.references && c.columns.includes(column) ? [relationAt(keyOf(c.references), catalog)] : []
  );
  const referencing2 = cascade2 ? partners(relation, catalog).filter(
    (other) => known(other, catalog)?.constraints.some(
      (c) => c.references && keyOf(c.references) === keyOf(relation) && c.references.columns.includes(column)
    )
  ) : [];
  const views = cascade2 ? dependentViews(keyOf(relation), catalog, column) : [];
  const sequences4 = catalog.relations.values().filter((s) => s.ownedBy?.table === keyOf(relation) && s.ownedBy.column === column);
  return [
    ...locks2(relation, at),
    ...[...foreign, ...referencing2, ...views, ...sequences4.map(relationOf)].filter((other) => keyOf(other) !== keyOf(relation)).map(exclusive),
    lose(relation, "column")
  ];
}
var uses = (index, column) => index.columns.includes(column) || index.reads.includes(column);
function retypeColumn(change, at) {
  const { relation, column, from, to, using, collation } = change;
  const { catalog } = at;
  const verdict2 = retype({ from, to, using, collation }, at);
  const table2 = known(relation, catalog);
  const foreign = [
    ...(table2?.constraints ?? []).flatMap(
      (c) => c.references && c.columns.includes(column) ? [relationAt(keyOf(c.references), catalog)] : []
    ),
    ...partners(relation, catalog).filter(
      (other) => known(other, catalog)?.constraints.some(
        (c) => c.references && keyOf(c.references) === keyOf(relation) && c.references.columns.includes(column)
      )
    )
  ].filter((other) => keyOf(other) !== keyOf(relation));
  const because = verdict2.because ?? "the present type is not known";
  const work = [];
  if (verdict2.rewrite !== "no") {
    const parts2 = rewriteAll(relation, at);
    work.push(...verdict2.rewrite === "may" ? may(parts2, because) : parts2);
  } else {
    for (const member of withRows(relation, catalog)) {
      const owner = known(member, catalog);
      if (owner?.constraints.some((c) => c.type === "check" && c.enforced && c.valid && c.columns.includes(column)) && change.from && !isSame(change))
        work.push(scan(member));
      for (const index of owner?.indexes ?? []) {
        const expression2 = index.reads.includes(column);
        if (!uses(index, column) || !expression2 && verdict2.indexes === "kept") continue;
        const parts2 = [build(member, index.name, true), scan(member)];
        work.push(...verdict2.indexes === "may" && !expression2 ? may(parts2, because) : parts2);
      }
    }
  }
  return [
    ...locks2(relation, at),
    ...foreign.map(exclusive),
    ...work,
    ...verdict2.lossy ? may([lose(relation, "precision")], "values that do not fit are rounded or rejected") : []
  ];
}
var isSame = ({ from, to, collation }) => from !== null && keyOf(from.type) === keyOf(to) && from.type.array === to.array && String(from.type.mods) === String(to.mods) && from.collation === collation;
var columns2 = {
  "add-column": addColumn2,
  "drop-column": dropColumn2,
  "rename-column": ({ relation }, at) => locks2(relation, at),
  "set-default": ({ relation }, at) => locks2(relation, at),
  "retype-column": retypeColumn,
  "set-not-null": ({ relation, column }, at) => {
    const table2 = known(relation, at.catalog);
    if (provedNotNull(table2, column)) return locks2(relation, at);
    const work = [...withRows(relation, at.catalog).map(scan), reject(relation, `${column} holds a null`)];
    const unsure = incomplete(table2) && !table2?.columns.some((c) => c.name === column);
    return [
      ...locks2(relation, at),
      ...unsure ? may(work, "a check that proves it may have been added before these migrations begin") : work
    ];
  },
  "drop-not-null": ({ relation }, at) => locks2(relation, at),
  "set-identity": ({ relation, column, existed: existed2 }, at) => {
    const sequence = at.catalog.relations.values().find((s) => s.ownedBy?.table === keyOf(relation) && s.ownedBy.column === column);
    return [
      ...locks2(relation, at),
      ...existed2 && sequence ? [lock(relationOf(sequence), "SHARE ROW EXCLUSIVE")] : []
    ];
  },
  "set-expression": ({ relation, column, to }, at) => {
    const stored = known(relation, at.catalog)?.columns.find((c) => c.name === column)?.generated !== "virtual";
    return [...locks2(relation, at), ...to === "expression" && stored ? rewriteAll(relation, at) : []];
  },
  "set-column-statistics": ({ relation }, { catalog }) => [
    lock(relation, "SHARE UPDATE EXCLUSIVE"),
    ...childrenOf(relation, catalog).map((child) => lock(child, "SHARE UPDATE EXCLUSIVE"))
  ],
  "set-column-storage": ({ relation }, at) => locks2(relation, at)
};

// src/effects/price/constraints.ts
var PLANNED = "the planner may use an index";
function addForeignKey({ relation, constraint, inline: inline2 }, at) {
  const { catalog, pg } = at;
  const other = target(constraint, catalog);
  if (!other) return [lock(relation, "SHARE ROW EXCLUSIVE")];
  const parts2 = [...family(relation, catalog), ...family(other, catalog)].map(
    (member) => lock(member, "SHARE ROW EXCLUSIVE")
  );
  if (!constraint.valid) {
    const refused = relation.kind === "partitioned-table" && pg < 18;
    return refused ? [
      ...parts2,
      fail(relation, "42809", "cannot add a NOT VALID foreign key to a partitioned table before Postgres 18")
    ] : parts2;
  }
  if (!constraint.enforced) return parts2;
  const added2 = inline2 ? known(relation, catalog)?.columns.find((c) => c.name === constraint.columns[0]) : void 0;
  if (inline2 && (!added2?.default || added2.default.isNull) && added2?.generated === null && !added2.identity) return parts2;
  return [
    ...parts2,
    ...withRows(relation, catalog).map(scan),
    ...may(withRows(other, catalog).map(scan), PLANNED),
    reject(relation, `a row has no match in ${other.name}`)
  ];
}
function addKey({ relation, constraint }, { catalog, pg }) {
  const table2 = known(relation, catalog);
  const parts2 = [exclusive(relation)];
  for (const member of family(relation, catalog).slice(1))
    parts2.push(pg >= 18 ? exclusive(member) : lock(member, "SHARE"));
  const nullable = constraint.type === "primary-key" ? constraint.columns.filter((column) => !provedNotNull(table2, column)) : [];
  if (constraint.usingIndex === null) {
    for (const member of withRows(relation, catalog))
      parts2.push(build(member, nameOn(member, relation, constraint, catalog)), scan(member));
    parts2.push(reject(relation, constraint.type === "exclude" ? "two rows conflict" : "two rows have the same key"));
  }
  if (nullable.length > 0) {
    const work = [...withRows(relation, catalog).map(scan), reject(relation, `${nullable.join(", ")} holds a null`)];
    const unsure = incomplete(table2) && nullable.every((name) => !table2?.columns.some((c) => c.name === name));
    parts2.push(...unsure ? may(work, "the columns may be NOT NULL already") : work);
  }
  return parts2;
}
function addConstraint(change, at) {
  const { relation, constraint } = change;
  const { catalog } = at;
  if (constraint.type === "foreign-key") return addForeignKey(change, at);
  if (constraint.type === "check" || constraint.type === "not-null") {
    const proved = constraint.type === "not-null" && constraint.columns.every((column) => provedNotNull(known(relation, catalog), column));
    const checked = constraint.valid && constraint.enforced && !proved;
    return [
      ...family(relation, catalog).map(exclusive),
      ...checked ? [...withRows(relation, catalog).map(scan), reject(relation, `a row violates ${constraint.name}`)] : []
    ];
  }
  return addKey(change, at);
}
var constraints2 = {
  "add-constraint": addConstraint,
  "validate-constraint": ({ relation, constraint }, { catalog }) => {
    const found = known(relation, catalog)?.constraints.find((c) => c.name === constraint);
    const other = found && target(found, catalog);
    const locks3 = [
      ...(found?.type === "foreign-key" ? [relation] : family(relation, catalog)).map(
        (member) => lock(member, "SHARE UPDATE EXCLUSIVE")
      )
    ];
    if (found?.valid) return locks3.slice(0, 1);
    return [
      ...locks3,
      ...withRows(relation, catalog).map(scan),
      ...other ? [lock(other, "ROW SHARE"), ...may(withRows(other, catalog).map(scan), PLANNED)] : [],
      reject(relation, `a row violates ${constraint}`)
    ];
  },
  "drop-constraint": ({ relation, constraint, cascade: cascade2 }, { catalog }) => {
    const found = known(relation, catalog)?.constraints.find((c) => c.name === constraint);
    const other = found && target(found, catalog);
    const dependents = cascade2 && (found?.type === "primary-key" || found?.type === "unique") ? referencing(catalog, keyOf(relation)).map(relationOf) : [];
    return [
      ...family(relation, catalog).map(exclusive),
      ...other ? family(other, catalog).map(exclusive) : [],
      ...dependents.map(exclusive)
    ];
  },
  "rename-constraint": ({ relation }, { catalog }) => family(relation, catalog).map(exclusive),
  "alter-constraint": ({ relation, constraint, enforced }, { catalog }) => {
    const found = known(relation, catalog)?.constraints.find((c) => c.name === constraint);
    const other = found && target(found, catalog);
    if (enforced !== true) return [exclusive(relation), ...enforced === false && other ? [exclusive(other)] : []];
    return [
      exclusive(relation),
      ...other ? [lock(other, "SHARE ROW EXCLUSIVE"), ...may([scan(other)], PLANNED)] : [],
      scan(relation),
      reject(relation, `a row violates ${constraint}`)
    ];
  }
};

// src/effects/price/indexes.ts
var SUE = "SHARE UPDATE EXCLUSIVE";
var indexes2 = {
  "create-index": ({ relation, index, concurrently, only, exists: exists2 }, { catalog }) => {
    if (concurrently) {
      if (relation.kind === "partitioned-table")
        return [fail(relation, "0A000", "cannot create an index on a partitioned table concurrently")];
      const online = [lock(relation, SUE, "statement-end")];
      return exists2 ? online : [...online, scan(relation), build(relation, index.name), waitForOlder(relation)];
    }
    if (exists2) return [lock(relation, "SHARE")];
    const tables4 = only ? [relation] : family(relation, catalog);
    const built = only && relation.kind === "partitioned-table" ? [] : withRows(relation, catalog).filter((member) => !hasAlike(member));
    return [
      ...tables4.map((member) => lock(member, "SHARE")),
      ...(only && relation.kind !== "partitioned-table" ? [relation] : built).flatMap((member) => [
        scan(member),
        build(member, nameOn(member, relation, { ...index, type: null }, catalog))
      ]),
      ...index.unique ? [reject(relation, "two rows have the same key")] : []
    ];
    function hasAlike(member) {
      if (keyOf(member) === keyOf(relation)) return false;
      return known(member, catalog)?.indexes.some(
        (other) => other.valid && other.method === index.method && other.unique === index.unique && !other.partial && !index.partial && other.reads.length === 0 && index.reads.length === 0 && String(other.columns) === String(index.columns)
      ) ?? false;
    }
  },
  "drop-index": ({ relation, concurrently }, { catalog }) => concurrently ? [lock(relation, SUE, "statement-end"), waitForOlder(relation)] : relation.kind === "index" ? [exclusive(relation)] : family(relation, catalog).map(exclusive),
  "rename-index": () => [],
  "set-index-options": () => [],
  "attach-index": () => [],
  reindex: ({ relation, index, concurrently }, { catalog }) => {
    if (relation.kind === "index")
      return concurrently ? [waitForOlder(relation)] : [lock(relation, "ACCESS EXCLUSIVE"), build(relation, index ?? "", true)];
    const rebuilt = withRows(relation, catalog).flatMap((member) => {
      const names3 = index === null ? known(member, catalog)?.indexes.map((i) => i.name) ?? [] : [index];
      return (names3.length > 0 ? names3 : [""]).map((name) => build(member, name, true));
    });
    const tables4 = withRows(relation, catalog);
    if (concurrently)
      return [
        ...tables4.map((member) => lock(member, SUE, "statement-end")),
        ...tables4.map(scan),
        ...rebuilt,
        waitForOlder(relation)
      ];
    return [...tables4.map((member) => lock(member, "SHARE")), ...tables4.map(scan), ...rebuilt];
  },
  "reindex-many": () => []
};

// src/effects/price/tables.ts
var STRONG_OPTIONS = /* @__PURE__ */ new Set(["user_catalog_table", "security_barrier", "check_option", "security_invoker"]);
function dropRelation(relation, cascade2, catalog) {
  const table2 = known(relation, catalog);
  const gone = relation.kind === "partitioned-table" ? family(relation, catalog) : [relation];
  const parent = table2?.partitionOf ? [relationAt(table2.partitionOf.parent, catalog)] : [];
  const views = cascade2 ? dependentViews(keyOf(relation), catalog) : [];
  const dropsRows = relation.kind === "table" || relation.kind === "partitioned-table" || relation.kind === "foreign-table";
  const blockers = referencing(catalog, keyOf(relation)).filter((other) => keyOf(other) !== keyOf(relation));
  const [blocker] = blockers;
  return [
    ...gone.map(exclusive),
    ...parent.map(exclusive),
    // Dropping a foreign key drops its triggers on the other table too.
    ...(cascade2 ? gone.flatMap((member) => partners(member, catalog)) : gone.flatMap((member) => ownTargets(member, catalog))).map(exclusive),
    ...views.map(exclusive),
    ...dropsRows ? [lose(relation, "table")] : [],
    ...!cascade2 && blocker && dropsRows ? may(
      [fail(relation, "2BP01", `a foreign key of ${blocker.name} depends on it`)],
      "the foreign key may have been dropped outside these migrations"
    ) : []
  ];
}
var ownTargets = (relation, catalog) => (known(relation, catalog)?.constraints ?? []).flatMap((constraint) => {
  const other = target(constraint, catalog);
  return other && keyOf(other) !== keyOf(relation) ? [other] : [];
});
var tables2 = {
  "create-table": ({ relation, table: table2, like, reads }, { catalog }) => [
    ...table2.constraints.flatMap((constraint) => {
      const other = target(constraint, catalog);
      return other && keyOf(other) !== keyOf(relation) ? [lock(other, "SHARE ROW EXCLUSIVE")] : [];
    }),
    ...table2.inherits.map((parent) => lock(relationAt(parent, catalog), "SHARE UPDATE EXCLUSIVE")),
    ...table2.partitionOf ? partitionOf(table2.partitionOf.parent, table2.partitionOf.bound.kind === "default", catalog) : [],
    ...like.map((source) => lock(source, "ACCESS SHARE")),
    ...reads.map((read2) => lock(relationAt(read2.relation, catalog), "ACCESS SHARE"))
  ],
  "drop-relation": ({ relation, cascade: cascade2 }, { catalog }) => dropRelation(relation, cascade2, catalog),
  "rename-relation": ({ relation }) => [exclusive(relation)],
  "move-relation": ({ relation }, { catalog }) => [
    exclusive(relation),
    ...ownedSequences(relation, catalog).map(exclusive)
  ],
  "set-persistence": ({ relation, to }, { catalog }) => known(relation, catalog)?.persistence === to ? [exclusive(relation)] : [exclusive(relation), ...ownedSequences(relation, catalog).map(exclusive), rewrite(relation), scan(relation)],
  "set-tablespace": ({ relation, to }, { catalog }) => [
    exclusive(relation),
    ...known(relation, catalog)?.tablespace === to || relation.kind === "partitioned-table" ? [] : [newFile(relation), scan(relation)]
  ],
  "set-access-method": ({ relation, to }, { catalog }) => [
    exclusive(relation),
    ...(known(relation, catalog)?.accessMethod ?? "heap") === to || relation.kind === "partitioned-table" ? [] : [rewrite(relation), scan(relation)]
  ],
  "set-options": ({ relation, options }) => [
    lock(
      relation,
      Object.keys(options).some((option) => STRONG_OPTIONS.has(option)) ? "ACCESS EXCLUSIVE" : "SHARE UPDATE EXCLUSIVE"
    )
  ],
  "set-owner": ({ relation }, { catalog }) => [
    exclusive(relation),
    ...ownedSequences(relation, catalog).map(exclusive)
  ],
  "set-row-security": ({ relation }) => [exclusive(relation)],
  "set-replica-identity": ({ relation }) => [exclusive(relation)],
  "set-cluster-index": ({ relation }) => [lock(relation, "SHARE UPDATE EXCLUSIVE")],
  inherit: ({ relation, parent, on }) => [
    exclusive(relation),
    lock(parent, on ? "SHARE UPDATE EXCLUSIVE" : "ACCESS SHARE")
  ],
  "set-of-type": ({ relation }) => [exclusive(relation)],
  truncate: ({ relation, cascade: cascade2 }, { catalog }) => {
    const all2 = cascade2 ? withReferencing(relation, catalog) : family(relation, catalog);
    return [
      ...all2.map(exclusive),
      ...all2.flatMap((member) => member.kind === "partitioned-table" ? [] : [newFile(member), lose(member, "rows")])
    ];
  },
  "lock-relation": ({ relation, mode }, { catalog }) => [
    ...family(relation, catalog).map((member) => lock(member, mode)),
    ...relation.kind === "view" ? (known(relation, catalog)?.reads ?? []).map((read2) => lock(relationAt(read2.relation, catalog), mode)) : []
  ]
};
function partitionOf(parent, isDefault, catalog) {
  const fallback = isDefault ? void 0 : defaultPartition(parent, catalog);
  return [exclusive(relationAt(parent, catalog)), ...fallback ? [exclusive(fallback), scan(fallback)] : []];
}
function defaultPartition(parent, catalog) {
  for (const child of catalog.children.get(parent) ?? []) {
    const table2 = catalog.relations.get(child);
    if (table2?.partitionOf?.bound.kind === "default") return relationOf(table2);
  }
  return void 0;
}
var ownedSequences = (relation, catalog) => catalog.relations.values().filter((table2) => table2.ownedBy?.table === keyOf(relation)).map(relationOf);
function withReferencing(relation, catalog) {
  const found = /* @__PURE__ */ new Map();
  for (const todo = family(relation, catalog); todo.length > 0; ) {
    const next = todo.pop();
    if (!next || found.has(keyOf(next))) continue;
    found.set(keyOf(next), next);
    todo.push(...referencing(catalog, keyOf(next)).flatMap((table2) => family(relationOf(table2), catalog)));
  }
  return [...found.values()];
}

// src/effects/price/partitions.ts
function implied(table2, bound) {
  if (bound.kind === "default" || bound.conjuncts.length === 0) return bound.kind === "default" ? "no" : "may";
  const checks = table2?.constraints.filter((c) => c.type === "check" && c.valid && c.enforced) ?? [];
  const held = new Set(checks.flatMap((c) => c.conjuncts ?? []));
  const missing = bound.conjuncts.filter((conjunct) => {
    const [, column2] = /^(\S+) is not null$/.exec(conjunct) ?? [];
    return !held.has(conjunct) && !(column2 !== void 0 && provedNotNull(table2, column2));
  });
  if (missing.length === 0) return "yes";
  const column = bound.conjuncts[0]?.split(" ")[0];
  return checks.some((c) => column !== void 0 && c.columns.includes(column)) ? "may" : "no";
}
var PLANNED2 = "the planner may use an index";
function attach(parent, partition, bound, at) {
  const { catalog } = at;
  const table2 = known(partition, catalog);
  const fallback = defaultPartition(keyOf(parent), catalog);
  const proof = implied(table2, bound);
  const read2 = [...withRows(partition, catalog).map(scan), reject(partition, "a row lies outside the bound")];
  const owner = known(parent, catalog);
  const missing = (owner?.indexes ?? []).filter(
    (index) => !table2?.indexes.some(
      (own) => own.valid && own.unique === index.unique && String(own.columns) === String(index.columns)
    )
  );
  const backing = (name) => owner?.constraints.find((constraint) => constraint.name === name)?.type ?? null;
  return [
    lock(parent, "SHARE UPDATE EXCLUSIVE"),
    exclusive(partition),
    ...proof === "no" ? read2 : proof === "may" ? may(read2, "a check may imply the bound") : [],
    ...fallback ? [exclusive(fallback), ...may([scan(fallback)], "a check on the default partition may exclude the bound")] : [],
    ...missing.flatMap(
      (index) => withRows(partition, catalog).flatMap((member) => [
        build(member, nameOn(member, parent, { ...index, type: backing(index.constraint) }, catalog)),
        scan(member)
      ])
    ),
    ...(owner?.constraints ?? []).flatMap((constraint) => {
      const other = target(constraint, catalog);
      const has = table2?.constraints.some(
        (c) => c.references && constraint.references && keyOf(c.references) === keyOf(constraint.references)
      );
      if (!other) return [];
      const checked = [...withRows(partition, catalog).map(scan), ...may(withRows(other, catalog).map(scan), PLANNED2)];
      return [lock(other, "SHARE ROW EXCLUSIVE"), ...has ? [] : checked];
    })
  ];
}
var partitions = {
  "attach-partition": ({ relation, partition, bound }, at) => attach(relation, partition, bound, at),
  "detach-partition": ({ relation, partition, concurrently, finalize }, { catalog, pg }) => {
    if (finalize) return [lock(relation, "SHARE UPDATE EXCLUSIVE"), exclusive(partition)];
    if (concurrently)
      return [
        lock(relation, "SHARE UPDATE EXCLUSIVE", "statement-end"),
        lock(partition, "ACCESS EXCLUSIVE", "statement-end"),
        waitForOlder(relation)
      ];
    const fallback = defaultPartition(keyOf(relation), catalog);
    return [
      exclusive(relation),
      pg >= 14 ? exclusive(partition) : lock(partition, "SHARE UPDATE EXCLUSIVE"),
      ...fallback && keyOf(fallback) !== keyOf(partition) ? [exclusive(fallback)] : []
    ];
  }
};

// src/effects/price/rows.ts
var PLANNED3 = "the plan may use an index";
var readLocks = (reads, { catalog }) => reads.map((read2) => lock(relationAt(read2.relation, catalog), "ACCESS SHARE"));
var rows2 = {
  "change-rows": ({ relation, verb, bounded, columns: columns3, reads }, at) => {
    const { catalog } = at;
    const constraints3 = known(relation, catalog)?.constraints ?? [];
    const checked = verb === "insert" || verb === "copy" || verb === "merge" || verb === "update";
    const parents = constraints3.flatMap((c) => {
      const other = target(c, catalog);
      return other && checked && (verb !== "update" || c.columns.some((name) => columns3.includes(name))) ? [other] : [];
    });
    const children = verb === "delete" ? referencing(catalog, keyOf(relation)).filter((table2) => keyOf(table2) !== keyOf(relation)) : [];
    const whole2 = verb === "update" || verb === "delete";
    return [
      lock(relation, "ROW EXCLUSIVE"),
      ...readLocks(reads, at),
      ...may(
        parents.map((parent) => lock(parent, "ROW SHARE")),
        "only rows with a value in the foreign key are checked"
      ),
      ...may(
        children.map((child) => lock(relationOf(child), "ROW SHARE")),
        "only when a row is deleted"
      ),
      ...whole2 ? withRows(relation, catalog).flatMap((member) => bounded ? may([scan(member)], PLANNED3) : [scan(member)]) : [],
      { kind: "touch-rows", relation, verb, all: !bounded },
      ...verb === "delete" && !bounded ? [lose(relation, "rows")] : []
    ];
  },
  "read-rows": ({ reads, locking }, { catalog }) => reads.flatMap((read2) => {
    const relation = relationAt(read2.relation, catalog);
    return [lock(relation, locking ? "ROW SHARE" : "ACCESS SHARE")];
  })
};

// src/effects/price/programs.ts
var SRX = "SHARE ROW EXCLUSIVE";
var programs2 = {
  "create-view": ({ relation, view, replaces }, at) => [
    ...replaces ? [exclusive(relation)] : [],
    ...readLocks(view.reads, at)
  ],
  "alter-view": ({ relation }) => [exclusive(relation)],
  refresh: ({ relation, concurrently }, at) => {
    const reads = readLocks(known(relation, at.catalog)?.reads ?? [], at);
    return concurrently ? [lock(relation, "EXCLUSIVE"), scan(relation), ...reads] : [exclusive(relation), newFile(relation), ...reads];
  },
  "create-trigger": ({ relation }, { catalog }) => family(relation, catalog).map((member) => lock(member, SRX)),
  "drop-trigger": ({ relation }, { catalog }) => family(relation, catalog).map(exclusive),
  "rename-trigger": ({ relation }, { catalog }) => family(relation, catalog).map(exclusive),
  "enable-trigger": ({ relation }, { catalog }) => family(relation, catalog).map((member) => lock(member, SRX)),
  "create-policy": ({ relation, reads }, at) => [exclusive(relation), ...readLocks(reads, at)],
  "alter-policy": ({ relation, reads }, at) => [exclusive(relation), ...readLocks(reads, at)],
  "drop-policy": ({ relation }) => [exclusive(relation)],
  "create-rule": ({ relation, reads }, at) => [exclusive(relation), ...readLocks(reads, at)],
  "drop-rule": ({ relation }) => [exclusive(relation)],
  "enable-rule": ({ relation }) => [exclusive(relation)],
  "create-routine": ({ reads }, at) => readLocks(reads, at),
  "drop-routine": () => [],
  "alter-routine": () => []
};

// src/effects/price/sequences.ts
var sequences2 = {
  "create-sequence": ({ sequence }, { catalog }) => sequence.ownedBy ? [lock(relationAt(sequence.ownedBy.table, catalog), "ACCESS SHARE")] : [],
  "alter-sequence": ({ relation, ownedBy }, { catalog }) => [
    lock(relation, "SHARE ROW EXCLUSIVE"),
    ...ownedBy ? [lock(relationAt(ownedBy.table, catalog), "ACCESS SHARE")] : []
  ]
};

// src/effects/price/server.ts
var SUE2 = "SHARE UPDATE EXCLUSIVE";
var server2 = {
  "create-schema": () => [],
  "drop-schema": ({ schema, cascade: cascade2 }, { catalog }) => cascade2 ? catalog.relations.values().filter((table2) => table2.schema === schema).flatMap((table2) => {
    const relation = relationOf(table2);
    return [
      exclusive(relation),
      ...table2.kind === "table" || table2.kind === "partitioned-table" ? [lose(relation, "table")] : []
    ];
  }) : [],
  "rename-schema": () => [],
  "create-extension": () => [],
  "drop-extension": ({ cascade: cascade2 }, { catalog }) => cascade2 && catalog.extensions.size > 0 ? may([], "what the extension owns is not known") : [],
  "drop-database": () => [],
  "note-relation": ({ relation, mode }) => [lock(relation, mode)],
  grant: ({ relation }, { pg }) => pg >= 18 ? [lock(relation, "ACCESS SHARE")] : [],
  vacuum: ({ relation, full }, { catalog }) => withRows(relation, catalog).flatMap(
    (member) => full ? [exclusive(member), rewrite(member), scan(member)] : [lock(member, SUE2, "statement-end")]
  ),
  analyze: ({ relation }, { catalog }) => [relation, ...withRows(relation, catalog)].map((member) => lock(member, SUE2)),
  cluster: ({ relation }, { catalog }) => withRows(relation, catalog).flatMap((member) => [exclusive(member), rewrite(member), scan(member)]),
  "maintain-database": ({ what: what2 }, { catalog }) => {
    if (what2 === "analyze" || what2 === "vacuum") return [];
    const tables4 = catalog.relations.values().filter((table2) => table2.kind === "table").map(relationOf);
    return (what2 === "cluster" ? [] : tables4).flatMap((table2) => [exclusive(table2), rewrite(table2), scan(table2)]);
  }
};

// src/effects/price/session.ts
var free = () => [];
var session2 = {
  set: free,
  reset: free,
  transaction: free,
  inert: free,
  opaque: free
};

// src/effects/price/types.ts
function users(key, catalog) {
  const keys = /* @__PURE__ */ new Set([key]);
  for (const type of catalog.types.values()) if (type.base && keys.has(keyOf(type.base))) keys.add(keyOf(type));
  return catalog.relations.values().filter(
    (table2) => (table2.kind === "table" || table2.kind === "partitioned-table") && table2.columns.some((column) => keys.has(keyOf(column.type)))
  ).map(relationOf);
}
var types2 = {
  "create-type": () => [],
  "drop-type": ({ key, cascade: cascade2 }, { catalog }) => cascade2 ? users(key, catalog).flatMap((table2) => [exclusive(table2), lose(table2, "column")]) : [],
  "rename-type": () => [],
  "move-type": () => [],
  "add-enum-value": () => [],
  "rename-enum-value": () => [],
  "alter-composite": ({ key, what: what2, cascade: cascade2 }, { catalog }) => cascade2 && what2 === "retype" ? may(
    users(key, catalog).flatMap((table2) => [exclusive(table2), rewrite(table2)]),
    "only typed tables are rewritten"
  ) : [],
  "add-domain-constraint": ({ key, name, valid, notNull }, { catalog }) => valid ? users(key, catalog).flatMap((table2) => [
    lock(table2, "SHARE"),
    scan(table2),
    reject(table2, notNull ? "a value is null" : `a value violates ${name}`)
  ]) : [],
  "validate-domain-constraint": ({ key, name }, { catalog, pg }) => users(key, catalog).flatMap((table2) => [
    lock(table2, pg >= 19 ? "SHARE UPDATE EXCLUSIVE" : "SHARE"),
    scan(table2),
    reject(table2, `a value violates ${name}`)
  ]),
  "drop-domain-constraint": () => [],
  "alter-domain-default": () => []
};

// src/effects/price.ts
var PRICES = {
  ...tables2,
  ...columns2,
  ...constraints2,
  ...indexes2,
  ...partitions,
  ...rows2,
  ...programs2,
  ...types2,
  ...sequences2,
  ...server2,
  ...session2
};
function price(change, at) {
  const parts2 = PRICES[change.kind](change, at);
  return parts2.map((part) => ({ certainty: "will", ...part, cause: change, basis: "predicted" }));
}
function merge(costs) {
  const merged = /* @__PURE__ */ new Map();
  for (const cost of costs) {
    const key = identity(cost);
    const earlier = merged.get(key);
    if (!earlier || earlier.certainty === "may" && cost.certainty === "will") merged.set(key, cost);
  }
  return [...merged.values()];
}

// src/effects/volatility.ts
var words = (text) => text.split(/\s+/).filter((word) => word !== "");
var CONTRIB = {
  uuid_generate_v1: "volatile",
  uuid_generate_v1mc: "volatile",
  uuid_generate_v3: "immutable",
  uuid_generate_v4: "volatile",
  uuid_generate_v5: "immutable",
  gen_random_bytes: "volatile",
  gen_salt: "volatile",
  digest: "immutable",
  unaccent: "stable"
};
var builtin = null;
function ofBuiltin(name) {
  builtin ??= new Map([
    ...words(IMMUTABLE).map((word) => [word, "immutable"]),
    ...words(STABLE).map((word) => [word, "stable"]),
    ...words(VOLATILE).map((word) => [word, "volatile"])
  ]);
  return builtin.get(name);
}
var RANK = ["immutable", "stable", "unknown", "volatile"];
var worse = (a, b) => RANK.indexOf(a) >= RANK.indexOf(b) ? a : b;
function volatility(expression2, catalog) {
  let found = "immutable";
  walk2(expression2, (tag, body) => {
    if (tag === "SQLValueFunction") found = worse(found, "stable");
    if (tag === "FuncCall") found = worse(found, ofCall(body, catalog));
    return true;
  });
  return found;
}
function ofCall(call2, catalog) {
  const parts2 = strings(call2.funcname);
  const name = parts2.at(-1) ?? "";
  const schema = parts2.at(-2) ?? null;
  if (schema === null || schema === "pg_catalog") {
    const known2 = ofBuiltin(name);
    if (known2) return known2;
  }
  const place2 = locate({ schema, name }, catalog, (key) => catalog.routines.has(key));
  const overloads = place2 === null ? [] : catalog.routines.get(`${place2}.${name}`) ?? [];
  if (overloads.length > 0) return overloads.map((routine) => routine.inlined ?? routine.volatility).reduce(worse);
  return CONTRIB[name] ?? "unknown";
}

// src/effects/read/conjuncts.ts
function parts(expression2) {
  const bool = as(expression2, "BoolExpr");
  if (bool?.boolop === "AND_EXPR") return (bool.args ?? []).flatMap(parts);
  return expression2 ? [expression2] : [];
}
var columnName = (node) => {
  const reference = as(node, "ColumnRef");
  return reference ? strings(reference.fields).at(-1) : void 0;
};
var provesNotNull = (expression2) => parts(expression2).flatMap((part) => {
  const test = as(part, "NullTest");
  const name = test?.nulltesttype === "IS_NOT_NULL" ? columnName(test.arg) : void 0;
  return name === void 0 ? [] : [name];
});
function conjuncts(expression2) {
  return parts(expression2).flatMap((part) => {
    const test = as(part, "NullTest");
    const nullable = columnName(test?.arg);
    if (test?.nulltesttype === "IS_NOT_NULL" && nullable !== void 0) return [`${nullable} is not null`];
    const comparison = as(part, "A_Expr");
    const column = columnName(comparison?.lexpr);
    const operator = strings(comparison?.name)[0];
    if (!comparison || column === void 0 || operator === void 0) return [];
    if (comparison.kind === "AEXPR_OP") {
      const value = constant(comparison.rexpr);
      return value === null ? [] : operator === "=" ? [inList(column, [value])] : [compare(column, operator, value)];
    }
    if (comparison.kind === "AEXPR_IN" && operator === "=") {
      const values = as(comparison.rexpr, "List")?.items?.map(constant) ?? [];
      return values.some((value) => value === null) ? [] : [inList(column, values)];
    }
    return [];
  });
}
var compare = (column, operator, value) => `${column} ${operator} ${value}`;
var inList = (column, values) => `${column} in ${JSON.stringify([...values].sort())}`;
var isUnbounded = (node) => {
  const datum = as(node, "PartitionRangeDatum");
  if (datum) return datum.kind !== "PARTITION_RANGE_DATUM_VALUE";
  const name = strings(as(node, "ColumnRef")?.fields)[0];
  return name === "minvalue" || name === "maxvalue";
};
var constants = (nodes) => (nodes ?? []).map(constant);

// src/effects/read/constraints.ts
var TYPES3 = {
  CONSTR_CHECK: "check",
  CONSTR_FOREIGN: "foreign-key",
  CONSTR_UNIQUE: "unique",
  CONSTR_PRIMARY: "primary-key",
  CONSTR_EXCLUSION: "exclude",
  CONSTR_NOTNULL: "not-null"
};
var LABELS2 = {
  check: "check",
  "foreign-key": "fkey",
  unique: "key",
  "primary-key": "pkey",
  exclude: "excl",
  "not-null": "not_null"
};
var ACTIONS = {
  a: "no action",
  r: "restrict",
  c: "cascade",
  n: "set null",
  d: "set default"
};
var hostOf = (relation, catalog, dropped = []) => ({
  schema: relation.schema,
  name: relation.name,
  table: catalog.relations.get(keyOf(relation)),
  taken: /* @__PURE__ */ new Set(),
  dropped: new Set(dropped)
});
function constraintOf(c, host, catalog, onColumn = null) {
  const type = TYPES3[c.contype ?? "CONSTR_NULL"];
  if (!type) return null;
  const columns3 = columnsOf2(c, type, onColumn, host.table);
  const name = c.conname ?? nameFor(c, type, columns3, host, catalog);
  host.taken.add(name);
  return {
    name,
    type,
    columns: columns3,
    named: c.conname !== void 0,
    valid: c.skip_validation !== true,
    enforced: c.is_enforced === true || type !== "check" && type !== "foreign-key",
    deferrable: c.deferrable ?? false,
    noInherit: c.is_no_inherit ?? false,
    usingIndex: c.indexname ?? null,
    references: type === "foreign-key" ? referencesOf(c, catalog) : null,
    provesNotNull: type === "check" ? provesNotNull(c.raw_expr) : type === "not-null" ? columns3 : [],
    ...type === "check" ? { conjuncts: conjuncts(c.raw_expr) } : {}
  };
}
function columnsOf2(c, type, onColumn, table2) {
  if (type === "check") return columnsIn(c.raw_expr);
  if (onColumn !== null) return [onColumn];
  if (type === "exclude")
    return all(c.exclusions, "List").flatMap((pair) => all(pair.items, "IndexElem").map((e) => e.name ?? ""));
  if (c.indexname) {
    const index = table2?.indexes.find((known2) => known2.name === c.indexname);
    return index?.columns.flatMap((column) => column ?? []) ?? [];
  }
  return strings([...c.keys ?? [], ...c.fk_attrs ?? []]);
}
function nameFor(c, type, columns3, host, catalog) {
  if (c.indexname) return c.indexname;
  const parts2 = type === "primary-key" ? [] : type === "check" ? columns3.length === 1 ? columns3 : [] : indexColumnNames(columns3.map((name) => name === "" ? null : name));
  const backed = type === "unique" || type === "primary-key" || type === "exclude";
  return chooseName(host.name, parts2, LABELS2[type], (name) => {
    if (host.taken.has(name)) return true;
    if (host.dropped.has(name)) return false;
    if (host.table?.constraints.some((known2) => known2.name === name)) return true;
    const key = keyOf({ schema: host.schema, name });
    return backed && (catalog.relations.has(key) || catalog.indexes.has(key));
  });
}
function foldKeys(constraints3) {
  const kept = [];
  const isKey = ({ type }) => type === "unique" || type === "primary-key";
  const ordered = [...constraints3].sort((a, b) => Number(b.type === "primary-key") - Number(a.type === "primary-key"));
  for (const constraint of ordered) {
    const twin = kept.findIndex(
      (known2) => isKey(known2) && isKey(constraint) && String(known2.columns) === String(constraint.columns) && known2.deferrable === constraint.deferrable
    );
    const first = kept[twin];
    if (!first) kept.push(constraint);
    else if (!first.named && constraint.named) kept[twin] = { ...first, name: constraint.name, named: true };
  }
  return kept;
}
function referencesOf(c, catalog) {
  const target2 = resolve(c.pktable, catalog);
  const written2 = strings(c.pk_attrs);
  const primary = catalog.relations.get(keyOf(target2))?.constraints.find((known2) => known2.type === "primary-key");
  return {
    schema: target2.schema,
    name: target2.name,
    columns: written2.length > 0 ? written2 : primary?.columns ?? [],
    onDelete: ACTIONS[c.fk_del_action ?? "a"] ?? "no action"
  };
}

// src/effects/read/columns.ts
function columnOf(def, host, at) {
  const nodes = all(def.constraints, "Constraint");
  const has = (type2) => nodes.find((node) => node.contype === type2);
  const name = def.colname ?? "";
  const type = resolveType(typeRef(def.typeName), at.catalog);
  const serial = isSerial(def.typeName);
  const generated = has("CONSTR_GENERATED");
  const identity2 = has("CONSTR_IDENTITY");
  const sequence = serial || identity2 ? sequenceFor(host, name) : null;
  const written2 = has("CONSTR_DEFAULT")?.raw_expr;
  const column = {
    name,
    type,
    notNull: serial || [has("CONSTR_NOTNULL"), has("CONSTR_PRIMARY"), identity2].some(Boolean),
    default: serial ? { volatility: "volatile", isNull: false, ...sequence ? { sequence: keyOf(sequence) } : {} } : defaultOf(written2, at),
    generated: generated ? generated.generated_kind === "v" ? "virtual" : "stored" : null,
    ...generated ? { generatedFrom: columnsIn(generated.raw_expr) } : {},
    identity: identity2 ? identity2.generated_when === "a" ? "always" : "by default" : null,
    collation: strings(def.collClause?.collname).at(-1) ?? null,
    ...serial ? { serial } : {}
  };
  const constraints3 = nodes.flatMap(
    (node) => node.contype === "CONSTR_NOTNULL" ? [] : constraintOf(node, host, at.catalog, name) ?? []
  );
  return { column, constraints: constraints3, sequence };
}
function sequenceFor(host, column) {
  const name = chooseName(host.name, [column], "seq", (taken) => host.taken.has(taken));
  host.taken.add(name);
  const relation = { schema: host.schema, name, kind: "sequence", age: "this-transaction" };
  return { ...unseen(relation), complete: true, ownedBy: { table: keyOf(host), column } };
}
function defaultOf(expression2, { catalog }) {
  if (!expression2) return null;
  const sequence = sequenceIn(expression2, catalog);
  return {
    volatility: volatility(expression2, catalog),
    isNull: isNullConstant(expression2),
    ...sequence === null ? {} : { sequence }
  };
}
function sequenceIn(expression2, catalog) {
  const call2 = as(expression2, "FuncCall");
  if (!call2 || strings(call2.funcname).at(-1) !== "nextval") return null;
  const [schema, name] = (constant(call2.args?.[0]) ?? "").replaceAll('"', "").split(".");
  if (schema === void 0) return null;
  if (name !== void 0) return keyOf({ schema, name });
  const found = locate({ schema: null, name: schema }, catalog, (key) => catalog.relations.has(key));
  return keyOf({ schema: found ?? catalog.searchPath[0] ?? "public", name: schema });
}
function addColumn3(def, relation, host, only, at) {
  const { column, constraints: constraints3, sequence } = columnOf(def, host, at);
  return [
    ...sequence ? [
      {
        kind: "create-sequence",
        relation: { schema: sequence.schema, name: sequence.name, kind: sequence.kind, age: sequence.age },
        sequence
      }
    ] : [],
    { kind: "add-column", relation, column, only },
    ...constraints3.map((constraint) => ({ kind: "add-constraint", relation, constraint, inline: true }))
  ];
}

// src/effects/read/partitions.ts
var STRATEGIES = {
  PARTITION_STRATEGY_RANGE: "range",
  PARTITION_STRATEGY_LIST: "list",
  PARTITION_STRATEGY_HASH: "hash"
};
function partitioningOf(spec) {
  if (!spec) return null;
  return {
    strategy: STRATEGIES[spec.strategy ?? "PARTITION_STRATEGY_RANGE"],
    columns: all(spec.partParams, "PartitionElem").map((element) => element.name ?? null)
  };
}
function boundOf(spec, partitioning) {
  if (!spec || spec.is_default) return { kind: "default", conjuncts: [] };
  const [column = null] = partitioning?.columns ?? [];
  if (spec.strategy === "h") return { kind: "hash", conjuncts: [] };
  if (spec.strategy === "l") {
    const values = constants(spec.listdatums);
    if (column === null || values.some((value) => value === null)) return { kind: "list", conjuncts: [] };
    return { kind: "list", conjuncts: [`${column} is not null`, inList(column, values)] };
  }
  if (column === null || partitioning?.columns.length !== 1) return { kind: "range", conjuncts: [] };
  const conjuncts2 = [`${column} is not null`];
  for (const [data, operator] of [
    [spec.lowerdatums, ">="],
    [spec.upperdatums, "<"]
  ]) {
    const [datum] = data ?? [];
    const [value = null] = constants(data);
    if (datum && isUnbounded(datum)) continue;
    if (value === null) return { kind: "range", conjuncts: [] };
    conjuncts2.push(compare(column, operator, value));
  }
  return { kind: "range", conjuncts: conjuncts2 };
}

// src/effects/read/options.ts
function optionsOf(list, set3) {
  const entries = all(as(list, "List")?.items, "DefElem").map(
    (option) => [(option.defname ?? "").toLowerCase(), set3 ? constant(option.arg) ?? "true" : null]
  );
  return Object.fromEntries(entries);
}

// src/effects/read/alter-others.ts
function readAlterIndex(s, at) {
  const name = s.relation?.relname ?? "";
  const schema = s.relation?.schemaname ?? null;
  const table2 = resolveIndex({ schema, name }, at.catalog) ?? resolveName({ schema, name }, at.catalog, "index");
  return all(s.cmds, "AlterTableCmd").map((cmd) => {
    if (cmd.subtype === "AT_AttachPartition")
      return {
        kind: "attach-index",
        relation: table2,
        index: name,
        child: as(cmd.def, "PartitionCmd")?.name?.relname ?? ""
      };
    if (cmd.subtype === "AT_SetTableSpace")
      return { kind: "set-index-options", relation: table2, index: name, strong: true };
    const strong = Object.keys(optionsOf(cmd.def, true)).some((option) => STRONG_INDEX_OPTIONS.has(option));
    return { kind: "set-index-options", relation: table2, index: name, strong };
  });
}
var STRONG_INDEX_OPTIONS = /* @__PURE__ */ new Set([
  "fastupdate",
  "gin_pending_list_limit",
  "buffering",
  "pages_per_range",
  "autosummarize"
]);
var ATTRIBUTE = { AT_AddColumn: "add", AT_DropColumn: "drop", AT_AlterColumnType: "retype" };
function readAlterType(s, at) {
  const key = keyOf(
    resolveType(
      { schema: s.relation?.schemaname ?? "", name: s.relation?.relname ?? "", mods: [], array: false },
      at.catalog
    )
  );
  return all(s.cmds, "AlterTableCmd").map((cmd) => {
    const def = as(cmd.def, "ColumnDef");
    const what2 = ATTRIBUTE[cmd.subtype];
    return {
      kind: "alter-composite",
      key,
      what: what2,
      attribute: cmd.name ?? def?.colname ?? "",
      type: def ? resolveType(typeRef(def.typeName), at.catalog) : null,
      cascade: cmd.behavior === "DROP_CASCADE"
    };
  });
}

// src/effects/read/alter-table.ts
var trigger = (enabled) => ({ name }, { relation }) => [{ kind: "enable-trigger", relation, trigger: name ?? "all", enabled }];
var rule = (enabled) => ({ name }, { relation }) => [{ kind: "enable-rule", relation, rule: name ?? "", enabled }];
var security = (enabled, forced) => (_, { relation }) => [{ kind: "set-row-security", relation, enabled, forced }];
var columnNote = (kind) => ({ name }, { relation }) => [{ kind, relation, column: name ?? "" }];
var persistence = (to) => (_, { relation }) => [{ kind: "set-persistence", relation, to }];
var cascade = (cmd) => cmd.behavior === "DROP_CASCADE";
var columnKnown = ({ relation, at }, name) => at.catalog.relations.get(keyOf(relation))?.columns.some((column) => column.name === name) ?? false;
var COMMANDS = {
  AT_AddColumn: (cmd, target2) => {
    const def = as(cmd.def, "ColumnDef");
    if (!def) return [];
    if (cmd.missing_ok && columnKnown(target2, def.colname))
      return [{ kind: "set-options", relation: target2.relation, options: STRONG_NOOP }];
    return addColumn3(def, target2.relation, target2.host, target2.only, target2.at);
  },
  AT_DropColumn: (cmd, target2) => {
    const table2 = target2.at.catalog.relations.get(keyOf(target2.relation));
    if (cmd.missing_ok && table2?.complete && !columnKnown(target2, cmd.name))
      return [{ kind: "set-options", relation: target2.relation, options: STRONG_NOOP }];
    return [{ kind: "drop-column", relation: target2.relation, column: cmd.name ?? "", cascade: cascade(cmd) }];
  },
  AT_ColumnDefault: (cmd, { relation, at }) => [
    { kind: "set-default", relation, column: cmd.name ?? "", default: defaultOf(cmd.def, at) }
  ],
  AT_SetNotNull: (cmd, { relation }) => [{ kind: "set-not-null", relation, column: cmd.name ?? "" }],
  AT_DropNotNull: (cmd, { relation }) => [{ kind: "drop-not-null", relation, column: cmd.name ?? "" }],
  AT_SetStatistics: columnNote("set-column-statistics"),
  AT_SetOptions: columnNote("set-column-statistics"),
  AT_ResetOptions: columnNote("set-column-statistics"),
  AT_SetStorage: columnNote("set-column-storage"),
  AT_SetCompression: columnNote("set-column-storage"),
  AT_AddIdentity: (cmd, { relation }) => [
    {
      kind: "set-identity",
      relation,
      column: cmd.name ?? "",
      to: as(cmd.def, "Constraint")?.generated_when === "a" ? "always" : "by default",
      existed: false
    }
  ],
  AT_SetIdentity: (cmd, { relation }) => [
    { kind: "set-identity", relation, column: cmd.name ?? "", to: "same", existed: true }
  ],
  AT_DropIdentity: (cmd, { relation }) => [
    { kind: "set-identity", relation, column: cmd.name ?? "", to: null, existed: true }
  ],
  AT_SetExpression: (cmd, { relation }) => [
    { kind: "set-expression", relation, column: cmd.name ?? "", to: "expression" }
  ],
  AT_DropExpression: (cmd, { relation }) => [{ kind: "set-expression", relation, column: cmd.name ?? "", to: null }],
  AT_AlterColumnType: (cmd, { relation, at }) => {
    const def = as(cmd.def, "ColumnDef");
    const name = cmd.name ?? "";
    const from = at.catalog.relations.get(keyOf(relation))?.columns.find((column) => column.name === name) ?? null;
    return [
      {
        kind: "retype-column",
        relation,
        column: name,
        from,
        to: resolveType(typeRef(def?.typeName), at.catalog),
        collation: strings(def?.collClause?.collname).at(-1) ?? null,
        using: def?.raw_default ? usingOf(def.raw_default, name) : "none"
      }
    ];
  },
  AT_AddConstraint: (cmd, { relation, host, at }) => {
    const written2 = as(cmd.def, "Constraint");
    const constraint = written2 ? constraintOf(written2, host, at.catalog) : null;
    return constraint ? [{ kind: "add-constraint", relation, constraint, inline: false }] : [];
  },
  AT_ValidateConstraint: (cmd, { relation }) => [{ kind: "validate-constraint", relation, constraint: cmd.name ?? "" }],
  AT_DropConstraint: (cmd, { relation }) => [
    { kind: "drop-constraint", relation, constraint: cmd.name ?? "", cascade: cascade(cmd) }
  ],
  AT_AlterConstraint: (cmd, { relation }) => {
    const def = as(cmd.def, "ATAlterConstraint");
    return [
      {
        kind: "alter-constraint",
        relation,
        constraint: def?.conname ?? "",
        enforced: def?.alterEnforceability ? def.is_enforced ?? false : null,
        deferrable: def?.alterDeferrability ? def.deferrable ?? false : null
      }
    ];
  },
  AT_ChangeOwner: (cmd, { relation }) => [{ kind: "set-owner", relation, to: cmd.newowner?.rolename ?? "" }],
  AT_ClusterOn: (cmd, { relation }) => [{ kind: "set-cluster-index", relation, index: cmd.name ?? "" }],
  AT_DropCluster: (_, { relation }) => [{ kind: "set-cluster-index", relation, index: null }],
  AT_SetLogged: persistence("permanent"),
  AT_SetUnLogged: persistence("unlogged"),
  AT_SetAccessMethod: (cmd, { relation }) => [{ kind: "set-access-method", relation, to: cmd.name ?? "heap" }],
  AT_SetTableSpace: (cmd, { relation }) => [{ kind: "set-tablespace", relation, to: cmd.name ?? "" }],
  AT_SetRelOptions: (cmd, { relation }) => [{ kind: "set-options", relation, options: optionsOf(cmd.def, true) }],
  AT_ResetRelOptions: (cmd, { relation }) => [{ kind: "set-options", relation, options: optionsOf(cmd.def, false) }],
  AT_EnableTrig: trigger(true),
  AT_EnableAlwaysTrig: trigger(true),
  AT_EnableReplicaTrig: trigger(true),
  AT_DisableTrig: trigger(false),
  AT_EnableTrigAll: trigger(true),
  AT_DisableTrigAll: trigger(false),
  AT_EnableTrigUser: trigger(true),
  AT_DisableTrigUser: trigger(false),
  AT_EnableRule: rule(true),
  AT_EnableAlwaysRule: rule(true),
  AT_EnableReplicaRule: rule(true),
  AT_DisableRule: rule(false),
  AT_AddInherit: (cmd, { relation, at }) => [
    { kind: "inherit", relation, parent: resolve(as(cmd.def, "RangeVar"), at.catalog), on: true }
  ],
  AT_DropInherit: (cmd, { relation, at }) => [
    { kind: "inherit", relation, parent: resolve(as(cmd.def, "RangeVar"), at.catalog), on: false }
  ],
  AT_AddOf: (cmd, { relation, at }) => {
    const type = resolveType(typeRef(as(cmd.def, "TypeName")), at.catalog);
    return [{ kind: "set-of-type", relation, type: keyOf(type) }];
  },
  AT_DropOf: (_, { relation }) => [{ kind: "set-of-type", relation, type: null }],
  AT_ReplicaIdentity: (cmd, { relation }) => [
    { kind: "set-replica-identity", relation, index: as(cmd.def, "ReplicaIdentityStmt")?.name ?? null }
  ],
  AT_EnableRowSecurity: security(true, null),
  AT_DisableRowSecurity: security(false, null),
  AT_ForceRowSecurity: security(null, true),
  AT_NoForceRowSecurity: security(null, false),
  AT_GenericOptions: (_, { relation }) => [{ kind: "set-options", relation, options: STRONG_NOOP }],
  AT_AlterColumnGenericOptions: (_, { relation }) => [{ kind: "set-options", relation, options: STRONG_NOOP }],
  AT_DropOids: (_, { relation }) => [{ kind: "set-options", relation, options: STRONG_NOOP }],
  AT_AttachPartition: (cmd, { relation, at }) => {
    const def = as(cmd.def, "PartitionCmd");
    const partitioning = at.catalog.relations.get(keyOf(relation))?.partitioning ?? null;
    return [
      {
        kind: "attach-partition",
        relation,
        partition: resolve(def?.name, at.catalog),
        bound: boundOf(def?.bound, partitioning)
      }
    ];
  },
  AT_DetachPartition: (cmd, { relation, at }) => {
    const def = as(cmd.def, "PartitionCmd");
    return [
      {
        kind: "detach-partition",
        relation,
        partition: resolve(def?.name, at.catalog),
        concurrently: def?.concurrent ?? false,
        finalize: false
      }
    ];
  },
  AT_DetachPartitionFinalize: (cmd, { relation, at }) => [
    {
      kind: "detach-partition",
      relation,
      partition: resolve(as(cmd.def, "PartitionCmd")?.name, at.catalog),
      concurrently: false,
      finalize: true
    }
  ]
};
var STRONG_NOOP = { user_catalog_table: null };
var usingOf = (expression2, column) => {
  const cast = as(expression2, "TypeCast");
  const reference = as(cast ? cast.arg : expression2, "ColumnRef");
  return strings(reference?.fields).at(-1) === column ? "relabel" : "expression";
};
var PASSES = {
  "drop-column": 0,
  "drop-constraint": 0,
  "drop-not-null": 0,
  "retype-column": 1,
  "create-sequence": 2,
  "add-column": 3,
  "set-expression": 4,
  "set-not-null": 5
};
var pass = (change) => change.kind === "set-expression" && change.to === null ? 0 : change.kind === "add-constraint" ? change.constraint.type === "foreign-key" || change.constraint.type === "check" ? 7 : 6 : PASSES[change.kind] ?? 8;
var KINDS = {
  OBJECT_TABLE: "table",
  OBJECT_FOREIGN_TABLE: "foreign-table",
  OBJECT_VIEW: "view",
  OBJECT_MATVIEW: "materialized-view",
  OBJECT_SEQUENCE: "sequence"
};
function droppedBy(commands2, table2) {
  const named = (subtype) => commands2.flatMap((command) => command.subtype === subtype ? command.name ?? "" : []);
  const columns3 = new Set(named("AT_DropColumn"));
  const lost = (table2?.constraints ?? []).filter((constraint) => constraint.columns.some((column) => columns3.has(column)));
  return [...named("AT_DropConstraint"), ...lost.map(({ name }) => name)];
}
function readAlterTable(s, at) {
  const kind = KINDS[s.objtype ?? "OBJECT_TABLE"];
  if (!kind) return null;
  const index = resolveIndex({ schema: s.relation?.schemaname ?? null, name: s.relation?.relname ?? "" }, at.catalog);
  const relation = resolve(s.relation, at.catalog, kind);
  if (s.missing_ok && !at.catalog.relations.has(keyOf(relation)) && at.catalog.partial.length === 0 && relation.age !== "unknown" && index === null && at.catalog.relations.size > 0)
    return [];
  const dropped = droppedBy(all(s.cmds, "AlterTableCmd"), at.catalog.relations.get(keyOf(relation)));
  const target2 = { relation, host: hostOf(relation, at.catalog, dropped), only: s.relation?.inh !== true, at };
  const changes = all(s.cmds, "AlterTableCmd").flatMap((cmd) => {
    const command = COMMANDS[cmd.subtype ?? "AT_AddColumn"];
    if (!command)
      return [{ kind: "opaque", because: `ALTER TABLE subcommand ${cmd.subtype ?? ""} is not known`, dynamic: false }];
    if (relation.kind === "view") return [{ kind: "alter-view", relation, what: cmd.subtype ?? "" }];
    return command(cmd, target2);
  });
  return changes.map((change, written2) => ({ change, written: written2 })).sort((a, b) => pass(a.change) - pass(b.change) || a.written - b.written).map(({ change }) => change);
}
var alterTable = {
  AlterTableStmt: (s, at) => {
    if (s.objtype === "OBJECT_INDEX") return readAlterIndex(s, at);
    if (s.objtype === "OBJECT_TYPE") return readAlterType(s, at);
    return readAlterTable(s, at) ?? [{ kind: "opaque", because: `ALTER ${s.objtype ?? ""}`, dynamic: false }];
  }
};

// src/effects/read/indexes.ts
function readIndex(s, at) {
  const relation = resolve(s.relation, at.catalog);
  const elements = all(s.indexParams, "IndexElem");
  const including = all(s.indexIncludingParams, "IndexElem").flatMap((element) => element.name ?? []);
  const columns3 = elements.map((element) => element.name ?? null);
  const taken = (name2) => {
    const key = keyOf({ schema: relation.schema, name: name2 });
    return at.catalog.relations.has(key) || at.catalog.indexes.has(key);
  };
  const name = s.idxname ?? chooseName(relation.name, indexColumnNames([...columns3, ...including]), "idx", taken);
  const only = s.relation?.inh !== true;
  const index = {
    name,
    columns: columns3,
    reads: [
      .../* @__PURE__ */ new Set([...elements.flatMap((element) => columnsIn(element.expr)), ...columnsIn(s.whereClause), ...including])
    ],
    unique: s.unique ?? false,
    method: s.accessMethod ?? "btree",
    partial: s.whereClause !== void 0,
    valid: !(only && relation.kind === "partitioned-table"),
    constraint: null,
    details: elements.map((e) => [strings(e.opclass).join("."), strings(e.collation).join("."), e.ordering ?? ""].join(" ").trim()).join(",")
  };
  return [
    {
      kind: "create-index",
      relation,
      index,
      concurrently: s.concurrent ?? false,
      only,
      exists: (s.if_not_exists ?? false) && taken(name)
    }
  ];
}
var concurrent = (params) => all(params, "DefElem").some((option) => option.defname === "concurrently");
function readReindex(s, at) {
  const concurrently = concurrent(s.params);
  if (s.kind === "REINDEX_OBJECT_INDEX") {
    const name = { schema: s.relation?.schemaname ?? null, name: s.relation?.relname ?? "" };
    const relation = resolveIndex(name, at.catalog) ?? resolveName(name, at.catalog, "index");
    return [{ kind: "reindex", relation, index: name.name, concurrently }];
  }
  if (s.kind === "REINDEX_OBJECT_TABLE")
    return [{ kind: "reindex", relation: resolve(s.relation, at.catalog), index: null, concurrently }];
  const target2 = s.kind === "REINDEX_OBJECT_SCHEMA" ? "schema" : s.kind === "REINDEX_OBJECT_DATABASE" ? "database" : "system";
  return [{ kind: "reindex-many", target: target2, concurrently }];
}
var indexes3 = {
  IndexStmt: readIndex,
  ReindexStmt: readReindex
};

// src/effects/read/nested.ts
var reader = null;
function nest(read2) {
  reader = read2;
}
var nested = (node, at) => reader?.({ node }, at) ?? [];

// src/effects/read/objects.ts
var RELATIONS = {
  OBJECT_TABLE: "table",
  OBJECT_FOREIGN_TABLE: "foreign-table",
  OBJECT_VIEW: "view",
  OBJECT_MATVIEW: "materialized-view",
  OBJECT_SEQUENCE: "sequence"
};
var ON_TABLE = /* @__PURE__ */ new Set(["OBJECT_TRIGGER", "OBJECT_POLICY", "OBJECT_RULE"]);
var TYPES4 = /* @__PURE__ */ new Set(["OBJECT_TYPE", "OBJECT_DOMAIN"]);
var ROUTINES = /* @__PURE__ */ new Set(["OBJECT_FUNCTION", "OBJECT_PROCEDURE", "OBJECT_ROUTINE", "OBJECT_AGGREGATE"]);
var inert = (statement2) => ({ kind: "inert", statement: statement2, alone: false });
var typeKey = (name, catalog) => keyOf(resolveType({ schema: name.schema ?? "", name: name.name, mods: [], array: false }, catalog));
function routineKey(name, catalog) {
  const found = locate(name, catalog, (key) => catalog.routines.has(key));
  return keyOf({ schema: found ?? name.schema ?? catalog.searchPath[0] ?? "public", name: name.name });
}
var absent = (relation, { catalog }) => catalog.partial.length === 0 && !catalog.relations.has(keyOf(relation));
function drop(s, object, at) {
  const { catalog } = at;
  const type = s.removeType ?? "OBJECT_TABLE";
  const cascade2 = s.behavior === "DROP_CASCADE";
  const name = dotted(object);
  const kind = RELATIONS[type];
  if (kind) {
    const relation = resolveName(name, catalog, kind);
    return s.missing_ok && absent(relation, at) ? [] : [{ kind: "drop-relation", relation, cascade: cascade2 }];
  }
  if (type === "OBJECT_INDEX") {
    const table2 = resolveIndex(name, catalog);
    if (!table2 && s.missing_ok && catalog.partial.length === 0) return [];
    const relation = table2 ?? resolveName(name, catalog, "index");
    return [{ kind: "drop-index", relation, index: name.name, concurrently: s.concurrent ?? false, cascade: cascade2 }];
  }
  if (ON_TABLE.has(type)) {
    const parts2 = strings(as(object, "List")?.items);
    const relation = resolveName({ schema: parts2.at(-3) ?? null, name: parts2.at(-2) ?? "" }, catalog);
    const own = parts2.at(-1) ?? "";
    const table2 = catalog.relations.get(keyOf(relation));
    if (s.missing_ok && absent(relation, at)) return [];
    if (type === "OBJECT_TRIGGER") {
      if (s.missing_ok && table2?.complete && !table2.triggers.some((trigger2) => trigger2.name === own)) return [];
      return [{ kind: "drop-trigger", relation, trigger: own, cascade: cascade2 }];
    }
    if (type === "OBJECT_POLICY") {
      if (s.missing_ok && table2?.complete && !table2.policies.some((policy) => policy.name === own)) return [];
      return [{ kind: "drop-policy", relation, policy: own }];
    }
    return s.missing_ok && table2?.complete && !table2.rules.includes(own) ? [] : [{ kind: "drop-rule", relation, rule: own }];
  }
  if (TYPES4.has(type)) {
    const key = typeKey(name, catalog);
    return s.missing_ok && catalog.partial.length === 0 && !catalog.types.has(key) ? [] : [{ kind: "drop-type", key, cascade: cascade2 }];
  }
  if (ROUTINES.has(type)) return [{ kind: "drop-routine", key: routineKey(name, catalog), cascade: cascade2 }];
  if (type === "OBJECT_SCHEMA") return [{ kind: "drop-schema", schema: name.name, cascade: cascade2 }];
  if (type === "OBJECT_EXTENSION") return [{ kind: "drop-extension", extension: name.name, cascade: cascade2 }];
  if (type === "OBJECT_STATISTIC_EXT") return dropStatistics(name, catalog);
  return [inert(`DROP ${type}`)];
}
function dropStatistics({ name }, catalog) {
  const table2 = catalog.relations.values().find((known2) => known2.statistics.includes(name));
  if (!table2) return [inert("DROP STATISTICS")];
  return [
    {
      kind: "note-relation",
      relation: resolveName(table2, catalog),
      what: "statistics",
      mode: "SHARE UPDATE EXCLUSIVE",
      name: null
    }
  ];
}
function rename(s, at) {
  const { catalog } = at;
  const to = s.newname ?? "";
  const old = s.subname ?? "";
  const type = s.renameType ?? "OBJECT_TABLE";
  const name = { schema: s.relation?.schemaname ?? null, name: s.relation?.relname ?? "" };
  const index = s.relation ? resolveIndex(name, catalog) : null;
  if (type === "OBJECT_INDEX" || index && RELATIONS[type]) {
    return [
      {
        kind: "rename-index",
        relation: index ?? resolveName(name, catalog, "index"),
        index: name.name,
        to,
        throughTable: type !== "OBJECT_INDEX"
      }
    ];
  }
  const kind = RELATIONS[type];
  if (kind) {
    const relation2 = resolve(s.relation, catalog, kind);
    return s.missing_ok && absent(relation2, at) ? [] : [{ kind: "rename-relation", relation: relation2, to }];
  }
  const relation = resolve(s.relation, catalog);
  switch (type) {
    case "OBJECT_COLUMN":
      return [{ kind: "rename-column", relation, column: old, to }];
    case "OBJECT_TABCONSTRAINT":
      return [{ kind: "rename-constraint", relation, constraint: old, to }];
    case "OBJECT_TRIGGER":
      return [{ kind: "rename-trigger", relation, trigger: old, to }];
    case "OBJECT_POLICY":
      return [{ kind: "alter-policy", relation, policy: old, reads: [] }];
    case "OBJECT_RULE":
      return [{ kind: "enable-rule", relation, rule: old, enabled: true }];
    case "OBJECT_SCHEMA":
      return [{ kind: "rename-schema", schema: old, to }];
    case "OBJECT_TYPE":
    case "OBJECT_DOMAIN":
      return [{ kind: "rename-type", key: typeKey(dotted(s.object ?? { List: {} }), catalog), to }];
    case "OBJECT_ATTRIBUTE":
      return [
        {
          kind: "alter-composite",
          key: typeKey(name, catalog),
          what: "rename",
          attribute: old,
          type: null,
          cascade: s.behavior === "DROP_CASCADE"
        }
      ];
    case "OBJECT_FUNCTION":
    case "OBJECT_PROCEDURE":
    case "OBJECT_ROUTINE":
    case "OBJECT_AGGREGATE":
      return [
        {
          kind: "alter-routine",
          key: routineKey(dotted(s.object ?? { List: {} }), catalog),
          volatility: null,
          renamed: to
        }
      ];
    default:
      return [inert(`RENAME ${type}`)];
  }
}
function move(s, at) {
  const kind = RELATIONS[s.objectType ?? "OBJECT_TABLE"];
  const schema_to = s.newschema ?? "";
  if (kind) {
    const relation = resolve(s.relation, at.catalog, kind);
    return s.missing_ok && absent(relation, at) ? [] : [{ kind: "move-relation", relation, schema_to }];
  }
  if (s.object && TYPES4.has(s.objectType ?? "OBJECT_TABLE"))
    return [{ kind: "move-type", key: typeKey(dotted(s.object), at.catalog), schema_to }];
  return [inert(`ALTER ${s.objectType ?? ""} SET SCHEMA`)];
}
var objects = {
  DropStmt: (s, at) => (s.objects ?? []).flatMap((object) => drop(s, object, at)),
  RenameStmt: rename,
  AlterObjectSchemaStmt: move,
  AlterOwnerStmt: (s) => [inert(`ALTER ${s.objectType ?? ""} OWNER`)],
  AlterObjectDependsStmt: () => [inert("ALTER DEPENDS ON EXTENSION")]
};

// node_modules/libpg-query/wasm/index.js
var import_libpg_query = __toESM(require_libpg_query());
var SqlError = class extends Error {
  sqlDetails;
  constructor(message, details) {
    super(message);
    this.name = "SqlError";
    this.sqlDetails = details;
  }
};
var wasmModule;
var initPromise = (0, import_libpg_query.default)().then((module) => {
  wasmModule = module;
});
function ensureLoaded() {
  if (!wasmModule)
    throw new Error("WASM module not initialized. Call `loadModule()` first.");
}
async function loadModule() {
  if (!wasmModule) {
    await initPromise;
  }
}
function awaitInit(fn) {
  return (async (...args) => {
    await initPromise;
    return fn(...args);
  });
}
function stringToPtr(str) {
  ensureLoaded();
  if (typeof str !== "string") {
    throw new TypeError(`Expected a string, got ${typeof str}`);
  }
  const len = wasmModule.lengthBytesUTF8(str) + 1;
  const ptr = wasmModule._malloc(len);
  try {
    wasmModule.stringToUTF8(str, ptr, len);
    return ptr;
  } catch (error) {
    wasmModule._free(ptr);
    throw error;
  }
}
function ptrToString(ptr) {
  ensureLoaded();
  if (typeof ptr !== "number") {
    throw new TypeError(`Expected a number, got ${typeof ptr}`);
  }
  return wasmModule.UTF8ToString(ptr);
}
var parse = awaitInit(async (query) => {
  if (query === null || query === void 0) {
    throw new Error("Query cannot be null or undefined");
  }
  if (query === "") {
    throw new Error("Query cannot be empty");
  }
  const queryPtr = stringToPtr(query);
  let resultPtr = 0;
  try {
    resultPtr = wasmModule._wasm_parse_query_raw(queryPtr);
    if (!resultPtr) {
      throw new Error("Failed to parse query: memory allocation failed");
    }
    const parseTreePtr = wasmModule.getValue(resultPtr, "i32");
    const stderrBufferPtr = wasmModule.getValue(resultPtr + 4, "i32");
    const errorPtr = wasmModule.getValue(resultPtr + 8, "i32");
    if (errorPtr) {
      const messagePtr = wasmModule.getValue(errorPtr, "i32");
      const funcnamePtr = wasmModule.getValue(errorPtr + 4, "i32");
      const filenamePtr = wasmModule.getValue(errorPtr + 8, "i32");
      const lineno = wasmModule.getValue(errorPtr + 12, "i32");
      const cursorpos = wasmModule.getValue(errorPtr + 16, "i32");
      const message = messagePtr ? wasmModule.UTF8ToString(messagePtr) : "Unknown error";
      const funcname = funcnamePtr ? wasmModule.UTF8ToString(funcnamePtr) : void 0;
      const filename = filenamePtr ? wasmModule.UTF8ToString(filenamePtr) : void 0;
      throw new SqlError(message, {
        message,
        cursorPosition: cursorpos > 0 ? cursorpos - 1 : 0,
        // Convert to 0-based
        fileName: filename,
        functionName: funcname,
        lineNumber: lineno > 0 ? lineno : void 0
      });
    }
    if (!parseTreePtr) {
      throw new Error("No parse tree generated");
    }
    const parseTreeStr = wasmModule.UTF8ToString(parseTreePtr);
    return JSON.parse(parseTreeStr);
  } finally {
    wasmModule._free(queryPtr);
    if (resultPtr) {
      wasmModule._wasm_free_parse_result(resultPtr);
    }
  }
});
var parsePlPgSQL = awaitInit(async (query) => {
  const queryPtr = stringToPtr(query);
  let resultPtr = 0;
  try {
    resultPtr = wasmModule._wasm_parse_plpgsql(queryPtr);
    const resultStr = ptrToString(resultPtr);
    if (!resultStr.startsWith("{")) {
      throw new Error(resultStr);
    }
    return JSON.parse(resultStr);
  } finally {
    wasmModule._free(queryPtr);
    if (resultPtr) {
      wasmModule._wasm_free_string(resultPtr);
    }
  }
});
var fingerprint = awaitInit(async (query) => {
  const queryPtr = stringToPtr(query);
  let resultPtr = 0;
  try {
    resultPtr = wasmModule._wasm_fingerprint(queryPtr);
    const resultStr = ptrToString(resultPtr);
    if (resultStr.startsWith("syntax error") || resultStr.startsWith("deparse error") || resultStr.startsWith("ERROR")) {
      throw new Error(resultStr);
    }
    return resultStr;
  } finally {
    wasmModule._free(queryPtr);
    if (resultPtr) {
      wasmModule._wasm_free_string(resultPtr);
    }
  }
});
var normalize = awaitInit(async (query) => {
  const queryPtr = stringToPtr(query);
  let resultPtr = 0;
  try {
    resultPtr = wasmModule._wasm_normalize_query(queryPtr);
    const resultStr = ptrToString(resultPtr);
    if (resultStr.startsWith("syntax error") || resultStr.startsWith("deparse error") || resultStr.startsWith("ERROR")) {
      throw new Error(resultStr);
    }
    return resultStr;
  } finally {
    wasmModule._free(queryPtr);
    if (resultPtr) {
      wasmModule._wasm_free_string(resultPtr);
    }
  }
});
function parseSync(query) {
  if (!wasmModule) {
    throw new Error("WASM module not initialized. Call loadModule() first.");
  }
  if (query === null || query === void 0) {
    throw new Error("Query cannot be null or undefined");
  }
  if (query === "") {
    throw new Error("Query cannot be empty");
  }
  const queryPtr = stringToPtr(query);
  let resultPtr = 0;
  try {
    resultPtr = wasmModule._wasm_parse_query_raw(queryPtr);
    if (!resultPtr) {
      throw new Error("Failed to parse query: memory allocation failed");
    }
    const parseTreePtr = wasmModule.getValue(resultPtr, "i32");
    const stderrBufferPtr = wasmModule.getValue(resultPtr + 4, "i32");
    const errorPtr = wasmModule.getValue(resultPtr + 8, "i32");
    if (errorPtr) {
      const messagePtr = wasmModule.getValue(errorPtr, "i32");
      const funcnamePtr = wasmModule.getValue(errorPtr + 4, "i32");
      const filenamePtr = wasmModule.getValue(errorPtr + 8, "i32");
      const lineno = wasmModule.getValue(errorPtr + 12, "i32");
      const cursorpos = wasmModule.getValue(errorPtr + 16, "i32");
      const message = messagePtr ? wasmModule.UTF8ToString(messagePtr) : "Unknown error";
      const funcname = funcnamePtr ? wasmModule.UTF8ToString(funcnamePtr) : void 0;
      const filename = filenamePtr ? wasmModule.UTF8ToString(filenamePtr) : void 0;
      throw new SqlError(message, {
        message,
        cursorPosition: cursorpos > 0 ? cursorpos - 1 : 0,
        // Convert to 0-based
        fileName: filename,
        functionName: funcname,
        lineNumber: lineno > 0 ? lineno : void 0
      });
    }
    if (!parseTreePtr) {
      throw new Error("No parse tree generated");
    }
    const parseTreeStr = wasmModule.UTF8ToString(parseTreePtr);
    return JSON.parse(parseTreeStr);
  } finally {
    wasmModule._free(queryPtr);
    if (resultPtr) {
      wasmModule._wasm_free_parse_result(resultPtr);
    }
  }
}
function parsePlPgSQLSync(query) {
  if (!wasmModule) {
    throw new Error("WASM module not initialized. Call loadModule() first.");
  }
  const queryPtr = stringToPtr(query);
  let resultPtr = 0;
  try {
    resultPtr = wasmModule._wasm_parse_plpgsql(queryPtr);
    const resultStr = ptrToString(resultPtr);
    if (!resultStr.startsWith("{")) {
      throw new Error(resultStr);
    }
    return JSON.parse(resultStr);
  } finally {
    wasmModule._free(queryPtr);
    if (resultPtr) {
      wasmModule._wasm_free_string(resultPtr);
    }
  }
}
var scan2 = awaitInit(async (query) => {
  const queryPtr = stringToPtr(query);
  let resultPtr = 0;
  try {
    resultPtr = wasmModule._wasm_scan(queryPtr);
    const resultStr = ptrToString(resultPtr);
    if (resultStr.startsWith("syntax error") || resultStr.startsWith("deparse error") || resultStr.startsWith("ERROR")) {
      throw new Error(resultStr);
    }
    return JSON.parse(resultStr);
  } finally {
    wasmModule._free(queryPtr);
    if (resultPtr) {
      wasmModule._wasm_free_string(resultPtr);
    }
  }
});

// src/sql/parse-now.ts
function parseNow(sql) {
  if (sql.trim() === "") return [];
  try {
    const { stmts = [] } = parseSync(sql);
    return stmts.flatMap(({ stmt }) => stmt ? [stmt] : []);
  } catch {
    return null;
  }
}

// src/sql/plpgsql.ts
function plpgsqlStatements(body) {
  const tag = ["$body$", "$migration_gate$"].find((mark) => !body.includes(mark));
  if (tag === void 0) return "its dollar quotes cannot be told apart";
  let message = "";
  for (const returns of RETURNS) {
    try {
      const parts2 = [];
      collect2(
        parsePlPgSQLSync(`CREATE FUNCTION body() RETURNS ${returns} LANGUAGE plpgsql AS ${tag}${body}${tag}`),
        parts2
      );
      return parts2;
    } catch (error) {
      message ||= error instanceof Error ? error.message.split("\n", 1)[0] ?? "" : String(error);
    }
  }
  return message;
}
var RETURNS = ["void", "int4", "SETOF int4", "trigger"];
var queryOf = (expression2) => {
  const { PLpgSQL_expr: expr } = expression2 ?? {};
  return expr?.query ?? null;
};
function collect2(node, parts2) {
  if (Array.isArray(node)) {
    for (const item of node) collect2(item, parts2);
    return;
  }
  if (node === null || typeof node !== "object") return;
  for (const [key, value] of Object.entries(node)) {
    if (value === null || typeof value !== "object") continue;
    if (key === "PLpgSQL_stmt_execsql") parts2.push({ sql: queryOf(value.sqlstmt), dynamic: false });
    else if (key === "PLpgSQL_stmt_perform")
      parts2.push({ sql: (queryOf(value.expr) ?? "").replace(/^\s*perform\b/i, "SELECT"), dynamic: false });
    else if (key === "PLpgSQL_stmt_call") parts2.push({ sql: queryOf(value.expr), dynamic: false });
    else if (key === "PLpgSQL_stmt_dynexecute") parts2.push({ sql: constantText(queryOf(value.query)), dynamic: true });
    collect2(value, parts2);
  }
}
function constantText(expression2) {
  if (expression2 === null) return null;
  const [statement2] = parseNow(`SELECT ${expression2.replace(/^\s*select\b/i, "")}`) ?? [];
  const select = statement2 ? as(statement2, "SelectStmt") : void 0;
  const [target2] = select?.targetList ?? [];
  return valueOf2(as(target2, "ResTarget")?.val);
}
function valueOf2(node) {
  const own = constant(node);
  if (own !== null) return own;
  const operation = as(node, "A_Expr");
  if (operation && strings(operation.name)[0] === "||") {
    const [left, right] = [valueOf2(operation.lexpr), valueOf2(operation.rexpr)];
    return left === null || right === null ? null : left + right;
  }
  const call2 = as(node, "FuncCall");
  if (!call2 || strings(call2.funcname).at(-1) !== "format") return null;
  const values = (call2.args ?? []).map(valueOf2);
  if (values.some((value) => value === null)) return null;
  const [pattern = "", ...rest] = values;
  let at = 0;
  return pattern.replace(/%([%sIL])/g, (_, kind) => {
    if (kind === "%") return "%";
    const value = rest[at++] ?? "";
    return kind === "I" ? `"${value.replaceAll('"', '""')}"` : kind === "L" ? `'${value.replaceAll("'", "''")}'` : value;
  });
}

// src/effects/read/plpgsql.ts
function readDo(s, at) {
  const options = new Map(all(s.args, "DefElem").map((option) => [option.defname ?? "", option.arg]));
  const language = constant(options.get("language")) ?? "plpgsql";
  const body = constant(options.get("as")) ?? strings(as(options.get("as"), "List")?.items)[0] ?? "";
  if (language !== "plpgsql") return [{ kind: "opaque", because: `DO in ${language} is not read`, dynamic: true }];
  return readParts(plpgsqlStatements(body), at);
}
var depth = 0;
function readBody(routine, at) {
  if (routine.body === null || depth > 4) return [];
  depth += 1;
  try {
    if (routine.language === "plpgsql") return readParts(plpgsqlStatements(routine.body), at);
    if (routine.language === "sql") return readParts([{ sql: routine.body, dynamic: false }], at);
    return [];
  } finally {
    depth -= 1;
  }
}
function readParts(parts2, at) {
  if (typeof parts2 === "string")
    return [{ kind: "opaque", because: `the PL/pgSQL body was not read: ${parts2}`, dynamic: true }];
  let { catalog } = at;
  const changes = [];
  for (const part of parts2) {
    if (part.sql === null) {
      changes.push({ kind: "opaque", because: "EXECUTE of a text that is put together when it runs", dynamic: true });
      continue;
    }
    for (const node of parseNow(part.sql) ?? []) {
      for (const change of nested(node, { ...at, catalog })) {
        changes.push(change);
        catalog = apply(catalog, change);
      }
    }
  }
  return changes;
}

// src/effects/read/calls.ts
function calls(node, at) {
  const changes = [];
  walk2(node, (tag, body) => {
    if (tag === "FuncCall") changes.push(...call(body, at));
    return true;
  });
  return changes;
}
function call(body, at) {
  const parts2 = strings(body.funcname);
  const name = parts2.at(-1) ?? "";
  if (name === "set_config") {
    const [setting, value, local] = (body.args ?? []).map(constant);
    if (typeof setting !== "string") return [];
    return [
      { kind: "set", setting: setting.toLowerCase(), value: value ?? null, local: local === "true" || local === "t" }
    ];
  }
  if (as(body.args?.[0], "A_Star")) return [];
  const schema = locate({ schema: parts2.at(-2) ?? null, name }, at.catalog, (key) => at.catalog.routines.has(key));
  const overloads = schema === null ? [] : at.catalog.routines.get(`${schema}.${name}`) ?? [];
  return overloads.flatMap((routine) => routine.body === null || overloads.length > 1 ? [] : readBody(routine, at));
}

// src/effects/read/reads.ts
function readsOf(query, catalog) {
  const named = /* @__PURE__ */ new Set();
  const relations = /* @__PURE__ */ new Map();
  const columns3 = /* @__PURE__ */ new Set();
  let star = false;
  walk2(query, (tag, body) => {
    if (tag === "CommonTableExpr") named.add(body.ctename ?? "");
    if (tag === "ColumnRef") {
      const { fields } = body;
      const last = strings(fields).at(-1);
      if (fields?.some((field) => "A_Star" in field)) star = true;
      else if (last !== void 0) columns3.add(last);
    }
    if (tag === "RangeVar") {
      const range = body;
      const key = keyOf(resolve(range, catalog));
      if (range.schemaname !== void 0 || !named.has(range.relname ?? "")) relations.set(key, key);
    }
    return true;
  });
  for (const name of named)
    for (const key of relations.keys())
      if (key === `public.${name}` && !catalog.relations.has(key)) relations.delete(key);
  return [...relations.keys()].map((relation) => ({ relation, columns: star ? null : [...columns3] }));
}

// src/effects/read/tables.ts
var PERSISTENCE = { p: "permanent", u: "unlogged", t: "temporary" };
function created(range, kind, { catalog }) {
  const schema = range?.relpersistence === "t" ? "pg_temp" : range?.schemaname ?? creationSchema(catalog);
  return {
    schema: schema.startsWith("pg_temp") ? "pg_temp" : schema,
    name: range?.relname ?? "",
    kind,
    age: "this-transaction"
  };
}
var exists = (relation, { catalog }) => catalog.relations.has(keyOf(relation)) || catalog.indexes.has(keyOf(relation));
function createTable(s, at, kind) {
  const partitioning = partitioningOf(s.partspec);
  const relation = created(s.relation, partitioning ? "partitioned-table" : kind, at);
  if (s.if_not_exists && exists(relation, at)) return [];
  const host = hostOf(relation, at.catalog);
  const columns3 = [];
  const constraints3 = [];
  const sequences4 = [];
  const like = [];
  const indexes4 = [];
  for (const element of s.tableElts ?? []) {
    const def = as(element, "ColumnDef");
    if (def) {
      const read2 = columnOf(def, host, at);
      columns3.push(read2.column);
      constraints3.push(...read2.constraints);
      if (read2.sequence) sequences4.push(read2.sequence);
    }
    const source = as(element, "TableLikeClause");
    if (source) {
      const from = resolve(source.relation, at.catalog);
      like.push(from);
      const model = at.catalog.relations.get(keyOf(from));
      columns3.push(...likeColumns(model, source.options ?? 0));
      constraints3.push(...likeConstraints(model, source.options ?? 0, relation));
      if (model && (source.options ?? 0) & 64) {
        for (const index of model.indexes) if (index.constraint === null) indexes4.push(likeIndex(index, relation, at));
      }
    }
    const written2 = as(element, "Constraint");
    const constraint = written2 && constraintOf(written2, host, at.catalog);
    if (constraint) constraints3.push(constraint);
  }
  const parents = all(s.inhRelations, "RangeVar").map((range) => resolve(range, at.catalog));
  const [parent] = parents;
  const bound = s.partbound && parent;
  const inherited = parents.flatMap((p) => at.catalog.relations.get(keyOf(p))?.columns ?? []);
  const own = new Set(columns3.map((column) => column.name));
  const primary = constraints3.find((constraint) => constraint.type === "primary-key");
  const notNull = /* @__PURE__ */ new Set([
    ...primary?.columns ?? [],
    ...constraints3.flatMap((c) => c.type === "not-null" ? c.columns : [])
  ]);
  const table2 = {
    ...unseen(relation),
    persistence: PERSISTENCE[s.relation?.relpersistence ?? "p"] ?? "permanent",
    complete: parents.every((p) => at.catalog.relations.get(keyOf(p))?.complete ?? false),
    columns: [...inherited.filter((column) => !own.has(column.name)), ...columns3].map(
      (column) => notNull.has(column.name) ? { ...column, notNull: true } : column
    ),
    constraints: foldKeys(constraints3.filter((constraint) => constraint.type !== "not-null")),
    indexes: indexes4,
    partitioning,
    partitionOf: bound ? {
      parent: keyOf(parent),
      bound: boundOf(s.partbound, at.catalog.relations.get(keyOf(parent))?.partitioning ?? null)
    } : null,
    inherits: bound ? [] : parents.map(keyOf),
    accessMethod: s.accessMethod ?? null,
    tablespace: s.tablespacename ?? null
  };
  return [
    ...sequences4.map((sequence) => ({
      kind: "create-sequence",
      relation: { schema: sequence.schema, name: sequence.name, kind: sequence.kind, age: sequence.age },
      sequence
    })),
    { kind: "create-table", relation, table: table2, like, reads: [], filled: false }
  ];
}
var likeColumns = (source, options) => (source?.columns ?? []).map((column) => ({
  ...column,
  default: options & 8 ? column.default : null,
  generated: options & 16 ? column.generated : null,
  identity: options & 32 ? column.identity : null
}));
var likeConstraints = (source, options, relation) => (source?.constraints ?? []).flatMap((constraint) => {
  const { type } = constraint;
  if (type === "check") return options & 4 ? [constraint] : [];
  if (type !== "primary-key" && type !== "unique" && type !== "exclude") return [];
  const label = type === "primary-key" ? "pkey" : type === "unique" ? "key" : "excl";
  const name = chooseName(relation.name, label === "pkey" ? [] : constraint.columns, label, () => false);
  return options & 64 ? [{ ...constraint, name, usingIndex: null }] : [];
});
var likeIndex = (index, relation, { catalog }) => ({
  ...index,
  name: chooseName(
    relation.name,
    indexColumnNames(index.columns),
    "idx",
    (name) => catalog.indexes.has(keyOf({ schema: relation.schema, name }))
  )
});
function createTableAs(s, at) {
  const kind = s.objtype === "OBJECT_MATVIEW" ? "materialized-view" : "table";
  const relation = created(s.into?.rel, kind, at);
  if (s.if_not_exists && exists(relation, at)) return [];
  const reads = readsOf(s.query, at.catalog);
  return [fromQuery(relation, s.into?.rel, reads, s.into?.skipData !== true, kind)];
}
function fromQuery(relation, range, reads, filled, kind) {
  const table2 = {
    ...unseen(relation),
    persistence: PERSISTENCE[range?.relpersistence ?? "p"] ?? "permanent",
    reads: kind === "materialized-view" ? reads : []
  };
  return { kind: "create-table", relation, table: table2, like: [], reads, filled };
}
var modeOf = (number) => LOCK_MODES[(number ?? 8) - 1] ?? "ACCESS EXCLUSIVE";
var tables3 = {
  CreateStmt: (s, at) => createTable(s, at, "table"),
  CreateForeignTableStmt: (s, at) => createTable(s.base ?? s, at, "foreign-table"),
  CreateTableAsStmt: createTableAs,
  TruncateStmt: (s, { catalog }) => all(s.relations, "RangeVar").map((range) => ({
    kind: "truncate",
    relation: resolve(range, catalog),
    cascade: s.behavior === "DROP_CASCADE"
  })),
  LockStmt: (s, { catalog }) => all(s.relations, "RangeVar").map((range) => ({
    kind: "lock-relation",
    relation: resolve(range, catalog),
    mode: modeOf(s.mode)
  })),
  CreateSchemaStmt: (s, { catalog }) => {
    const schema = s.schemaname ?? s.authrole?.rolename ?? "";
    if (s.if_not_exists && catalog.schemas.has(schema)) return [];
    return [{ kind: "create-schema", schema }];
  }
};

// src/effects/read/programs.ts
function createView(s, at) {
  const relation = created(s.view, "view", at);
  const known2 = at.catalog.relations.get(keyOf(relation));
  const view = { ...unseen(relation), complete: true, reads: readsOf(s.query, at.catalog) };
  const replaces = s.replace === true && known2 !== void 0;
  return [
    {
      kind: "create-view",
      relation: replaces ? { ...relation, age: known2.age } : relation,
      view: replaces ? { ...view, age: known2.age } : view,
      replaces
    }
  ];
}
var EVENTS = [
  [4, "insert"],
  [8, "delete"],
  [16, "update"],
  [32, "truncate"]
];
function triggerOf(s, catalog) {
  return {
    name: s.trigname ?? "",
    function: routineKey(qualified(s.funcname), catalog),
    constraint: s.isconstraint ?? false,
    enabled: true,
    row: s.row ?? false,
    events: EVENTS.flatMap(([bit, event]) => (s.events ?? 0) & bit ? [event] : []),
    reads: [...strings(s.columns), ...columnsIn(s.whenClause)]
  };
}
var VOLATILITIES = {
  immutable: "immutable",
  stable: "stable",
  volatile: "volatile"
};
function routineOf(s, at) {
  const options = new Map(all(s.options, "DefElem").map((option) => [option.defname ?? "", option.arg]));
  const { schema, name } = qualified(s.funcname);
  const bodies = strings(as(options.get("as"), "List")?.items);
  const language = (constant(options.get("language")) ?? "sql").toLowerCase();
  const parameters = all(s.parameters, "FunctionParameter").filter(
    (p) => !["FUNC_PARAM_OUT", "FUNC_PARAM_TABLE"].includes(p.mode ?? "")
  );
  return {
    schema: schema ?? creationSchema(at.catalog),
    name,
    kind: s.is_procedure ? "procedure" : "function",
    language,
    volatility: VOLATILITIES[constant(options.get("volatility")) ?? ""] ?? "volatile",
    inlined: language === "sql" ? inlined(bodies[0] ?? null, s.sql_body, at) : null,
    arguments: parameters.map((p) => resolveType(typeRef(p.argType), at.catalog)),
    returns: s.returnType ? resolveType(typeRef(s.returnType), at.catalog) : null,
    age: "this-transaction",
    body: bodies[0] ?? null
  };
}
function inlined(body, tree, at) {
  const returned = as(tree, "ReturnStmt")?.returnval;
  if (returned) return volatility(returned, at.catalog);
  if (body === null) return null;
  const simple = /^\s*select\s+(?!.*\b(?:from|where|group|limit|into|union)\b)([\s\S]+?);?\s*$/i.exec(body)?.[1];
  if (simple === void 0) return null;
  const names3 = [...simple.matchAll(/([A-Za-z_][\w.]*)\s*\(/g)].map((match) => match[1] ?? "");
  const found = names3.map(
    (name) => volatility(
      { FuncCall: { funcname: name.split(".").map((part) => ({ String: { sval: part.toLowerCase() } })) } },
      at.catalog
    )
  );
  return found.find((v) => v === "volatile") ?? found.find((v) => v === "unknown") ?? found.find((v) => v === "stable") ?? "immutable";
}
var programs3 = {
  ViewStmt: createView,
  RefreshMatViewStmt: (s, { catalog }) => [
    {
      kind: "refresh",
      relation: resolve(s.relation, catalog, "materialized-view"),
      concurrently: s.concurrent ?? false,
      withData: !s.skipData
    }
  ],
  CreateTrigStmt: (s, { catalog }) => [
    {
      kind: "create-trigger",
      relation: resolve(s.relation, catalog),
      trigger: triggerOf(s, catalog),
      replaces: s.replace ?? false
    }
  ],
  CreatePolicyStmt: (s, { catalog }) => [
    {
      kind: "create-policy",
      relation: resolve(s.table, catalog),
      policy: s.policy_name ?? "",
      reads: readsOf([s.qual, s.with_check], catalog)
    }
  ],
  AlterPolicyStmt: (s, { catalog }) => [
    {
      kind: "alter-policy",
      relation: resolve(s.table, catalog),
      policy: s.policy_name ?? "",
      reads: readsOf([s.qual, s.with_check], catalog)
    }
  ],
  RuleStmt: (s, { catalog }) => [
    {
      kind: "create-rule",
      relation: resolve(s.relation, catalog),
      rule: s.rulename ?? "",
      reads: readsOf(s.actions, catalog)
    }
  ],
  CreateFunctionStmt: (s, at) => {
    const routine = routineOf(s, at);
    const reads = s.sql_body ? readsOf(s.sql_body, at.catalog) : [];
    return [{ kind: "create-routine", routine, replaces: s.replace ?? false, reads }];
  },
  AlterFunctionStmt: (s, { catalog }) => {
    const action = all(s.actions, "DefElem").find((option) => option.defname === "volatility");
    const to = VOLATILITIES[constant(action?.arg) ?? ""] ?? null;
    return [
      { kind: "alter-routine", key: routineKey(qualified(s.func?.objname), catalog), volatility: to, renamed: null }
    ];
  },
  CallStmt: (s, at) => {
    const known2 = s.funccall ? call(s.funccall, at) : [];
    const name = strings(s.funccall?.funcname).join(".");
    return known2.length > 0 || at.catalog.routines.has(routineKey(qualified(s.funccall?.funcname), at.catalog)) ? known2 : [{ kind: "opaque", because: `CALL ${name}: the procedure is not defined in the migrations`, dynamic: true }];
  },
  DoStmt: readDo,
  CreateEventTrigStmt: () => [{ kind: "inert", statement: "CREATE EVENT TRIGGER", alone: false }],
  AlterEventTrigStmt: () => [{ kind: "inert", statement: "ALTER EVENT TRIGGER", alone: false }]
};

// src/effects/read/rows.ts
var others = (node, own, catalog) => readsOf(node, catalog).filter((read2) => read2.relation !== own);
var isTrue = (node) => constant(node) === "true" || constant(node) === "1";
function batched(where2) {
  let found = false;
  walk2(where2, (tag, body) => {
    if (tag === "SelectStmt" && body.limitCount) found = true;
    if (tag === "ColumnRef" && strings(body.fields).at(-1) === "ctid") found = true;
    if (tag === "A_Expr" && body.kind === "AEXPR_BETWEEN") found = true;
    return true;
  });
  return found;
}
function changeRows(verb, range, detail, at) {
  const relation = resolve(range, at.catalog);
  const { node, ...rest } = detail;
  return [{ kind: "change-rows", relation, verb, ...rest, reads: others(node, keyOf(relation), at.catalog) }];
}
var withClause = (clause, at) => all(clause?.ctes, "CommonTableExpr").flatMap((cte) => cte.ctequery ? modifying(cte.ctequery, at) : []);
function modifying(node, at) {
  const insert = as(node, "InsertStmt");
  if (insert) return [...rows3.InsertStmt?.(insert, at) ?? []];
  const update = as(node, "UpdateStmt");
  if (update) return [...rows3.UpdateStmt?.(update, at) ?? []];
  const remove2 = as(node, "DeleteStmt");
  return remove2 ? [...rows3.DeleteStmt?.(remove2, at) ?? []] : [];
}
var where = (clause) => ({
  bounded: clause !== void 0 && !isTrue(clause),
  batched: batched(clause)
});
var rows3 = {
  InsertStmt: (s, at) => {
    const values = as(s.selectStmt, "SelectStmt");
    const fixed = (values?.valuesLists?.length ?? 0) > 0 || !values?.fromClause;
    return [
      ...withClause(s.withClause, at),
      ...changeRows(
        "insert",
        s.relation,
        {
          bounded: fixed || values.whereClause !== void 0,
          batched: fixed || values.limitCount !== void 0,
          columns: all(s.cols, "ResTarget").map((c) => c.name ?? ""),
          node: [s.selectStmt, s.withClause]
        },
        at
      )
    ];
  },
  UpdateStmt: (s, at) => [
    ...withClause(s.withClause, at),
    ...changeRows(
      "update",
      s.relation,
      {
        ...where(s.whereClause),
        columns: all(s.targetList, "ResTarget").map((c) => c.name ?? ""),
        node: [s.fromClause, s.whereClause, s.targetList, s.withClause]
      },
      at
    )
  ],
  DeleteStmt: (s, at) => [
    ...withClause(s.withClause, at),
    ...changeRows(
      "delete",
      s.relation,
      { ...where(s.whereClause), columns: [], node: [s.usingClause, s.whereClause, s.withClause] },
      at
    )
  ],
  MergeStmt: (s, at) => changeRows(
    "merge",
    s.relation,
    { bounded: true, batched: false, columns: [], node: [s.sourceRelation, s.withClause] },
    at
  ),
  CopyStmt: (s, at) => {
    if (s.is_program)
      return [{ kind: "opaque", because: "COPY … PROGRAM runs a program on the server", dynamic: false }];
    if (!s.is_from)
      return [
        {
          kind: "read-rows",
          reads: s.relation ? [{ relation: keyOf(resolve(s.relation, at.catalog)), columns: null }] : readsOf(s.query, at.catalog),
          locking: false
        }
      ];
    return changeRows(
      "copy",
      s.relation,
      { bounded: true, batched: false, columns: strings(s.attlist), node: null },
      at
    );
  },
  SelectStmt: (s, at) => {
    if (s.intoClause?.rel) {
      const relation = created(s.intoClause.rel, "table", at);
      return [
        fromQuery(relation, s.intoClause.rel, readsOf({ ...s, intoClause: void 0 }, at.catalog), true, "table")
      ];
    }
    const reads = readsOf(s, at.catalog);
    const locking = (s.lockingClause?.length ?? 0) > 0;
    return [
      ...withClause(s.withClause, at),
      ...reads.length > 0 ? [{ kind: "read-rows", reads, locking }] : [],
      ...calls(s, at)
    ];
  },
  ExplainStmt: () => [{ kind: "inert", statement: "EXPLAIN", alone: false }]
};

// src/effects/read/sequences.ts
function ownerOf(options, catalog) {
  const option = all(options, "DefElem").find((known2) => known2.defname === "owned_by");
  if (!option) return void 0;
  const parts2 = strings(as(option.arg, "List")?.items);
  if (parts2.length < 2) return null;
  const table2 = resolveName({ schema: parts2.at(-3) ?? null, name: parts2.at(-2) ?? "" }, catalog);
  return { table: keyOf(table2), column: parts2.at(-1) ?? "" };
}
var sequences3 = {
  CreateSeqStmt: (s, at) => {
    const relation = created(s.sequence, "sequence", at);
    if (s.if_not_exists && exists(relation, at)) return [];
    return [
      {
        kind: "create-sequence",
        relation,
        sequence: { ...unseen(relation), complete: true, ownedBy: ownerOf(s.options, at.catalog) ?? null }
      }
    ];
  },
  AlterSeqStmt: (s, { catalog }) => {
    const relation = resolve(s.sequence, catalog, "sequence");
    if (s.missing_ok && !catalog.relations.has(keyOf(relation)) && catalog.partial.length === 0) return [];
    const owner = ownerOf(s.options, catalog);
    return [
      { kind: "alter-sequence", relation, what: owner === void 0 ? "options" : "owned-by", ownedBy: owner ?? null }
    ];
  }
};

// src/effects/read/server.ts
var note = (relation) => relation;
function comment(objtype, object, at) {
  const what2 = "comment";
  const mode = "SHARE UPDATE EXCLUSIVE";
  const parts2 = strings(as(object, "List")?.items);
  const at_ = (drop2) => {
    const left = drop2 === 0 ? parts2 : parts2.slice(0, -drop2);
    return { schema: left.at(-2) ?? null, name: left.at(-1) ?? "" };
  };
  switch (objtype) {
    case "OBJECT_TABLE":
    case "OBJECT_VIEW":
    case "OBJECT_MATVIEW":
    case "OBJECT_SEQUENCE":
    case "OBJECT_FOREIGN_TABLE":
      return [note({ kind: "note-relation", relation: resolveName(at_(0), at.catalog), what: what2, mode, name: null })];
    case "OBJECT_COLUMN":
      return [note({ kind: "note-relation", relation: resolveName(at_(1), at.catalog), what: what2, mode, name: null })];
    case "OBJECT_TABCONSTRAINT":
      return [
        note({
          kind: "note-relation",
          relation: resolveName(at_(1), at.catalog),
          what: what2,
          mode: "ACCESS SHARE",
          name: null
        })
      ];
    case "OBJECT_INDEX": {
      const table2 = resolveIndex(at_(0), at.catalog);
      return table2 ? [{ kind: "inert", statement: "COMMENT ON INDEX", alone: false }] : [{ kind: "inert", statement: "COMMENT", alone: false }];
    }
    default:
      return [{ kind: "inert", statement: "COMMENT", alone: false }];
  }
}
function vacuum(s, at) {
  const options = new Set(
    all(s.options, "DefElem").flatMap(
      (o) => constant(o.arg) === "false" || constant(o.arg) === "off" ? [] : o.defname ?? ""
    )
  );
  const full = options.has("full");
  const relations = all(s.rels, "VacuumRelation");
  if (relations.length === 0)
    return [{ kind: "maintain-database", what: s.is_vacuumcmd ? full ? "vacuum-full" : "vacuum" : "analyze" }];
  return relations.map(({ relation }) => {
    const table2 = resolve(relation, at.catalog);
    return s.is_vacuumcmd ? { kind: "vacuum", relation: table2, full, analyze: options.has("analyze") } : { kind: "analyze", relation: table2 };
  });
}
function publication(objects2, at) {
  const tables4 = all(objects2, "PublicationObjSpec").flatMap((object) => object.pubtable?.relation ?? []);
  return [
    { kind: "inert", statement: "PUBLICATION", alone: false },
    ...tables4.map((range) => ({
      kind: "note-relation",
      relation: resolve(range, at.catalog),
      what: "publication",
      mode: "SHARE UPDATE EXCLUSIVE",
      name: null
    }))
  ];
}
var INERT = {
  CreateRoleStmt: ["CREATE ROLE", false],
  AlterRoleStmt: ["ALTER ROLE", false],
  AlterRoleSetStmt: ["ALTER ROLE SET", false],
  DropRoleStmt: ["DROP ROLE", false],
  GrantRoleStmt: ["GRANT role", false],
  AlterDefaultPrivilegesStmt: ["ALTER DEFAULT PRIVILEGES", false],
  DropOwnedStmt: ["DROP OWNED", false],
  ReassignOwnedStmt: ["REASSIGN OWNED", false],
  CreatedbStmt: ["CREATE DATABASE", true],
  AlterDatabaseStmt: ["ALTER DATABASE", false],
  AlterDatabaseSetStmt: ["ALTER DATABASE SET", false],
  AlterDatabaseRefreshCollStmt: ["ALTER DATABASE REFRESH COLLATION VERSION", false],
  AlterSystemStmt: ["ALTER SYSTEM", true],
  CreateTableSpaceStmt: ["CREATE TABLESPACE", true],
  DropTableSpaceStmt: ["DROP TABLESPACE", true],
  AlterTableSpaceOptionsStmt: ["ALTER TABLESPACE", false],
  CreateCastStmt: ["CREATE CAST", false],
  CreateOpClassStmt: ["CREATE OPERATOR CLASS", false],
  CreateOpFamilyStmt: ["CREATE OPERATOR FAMILY", false],
  AlterOpFamilyStmt: ["ALTER OPERATOR FAMILY", false],
  AlterOperatorStmt: ["ALTER OPERATOR", false],
  CreateConversionStmt: ["CREATE CONVERSION", false],
  CreateTransformStmt: ["CREATE TRANSFORM", false],
  CreatePLangStmt: ["CREATE LANGUAGE", false],
  CreateAmStmt: ["CREATE ACCESS METHOD", false],
  CreateFdwStmt: ["CREATE FOREIGN DATA WRAPPER", false],
  AlterFdwStmt: ["ALTER FOREIGN DATA WRAPPER", false],
  CreateForeignServerStmt: ["CREATE SERVER", false],
  AlterForeignServerStmt: ["ALTER SERVER", false],
  CreateUserMappingStmt: ["CREATE USER MAPPING", false],
  AlterUserMappingStmt: ["ALTER USER MAPPING", false],
  DropUserMappingStmt: ["DROP USER MAPPING", false],
  AlterTSDictionaryStmt: ["ALTER TEXT SEARCH DICTIONARY", false],
  AlterTSConfigurationStmt: ["ALTER TEXT SEARCH CONFIGURATION", false],
  AlterCollationStmt: ["ALTER COLLATION", false],
  AlterExtensionStmt: ["ALTER EXTENSION", false],
  AlterExtensionContentsStmt: ["ALTER EXTENSION", false],
  AlterStatsStmt: ["ALTER STATISTICS", false],
  AlterSubscriptionStmt: ["ALTER SUBSCRIPTION", false],
  CreateSubscriptionStmt: ["CREATE SUBSCRIPTION", true],
  DropSubscriptionStmt: ["DROP SUBSCRIPTION", true],
  SecLabelStmt: ["SECURITY LABEL", false]
};
var inert2 = Object.fromEntries(
  Object.entries(INERT).map(([tag, [statement2, alone]]) => [
    tag,
    () => [{ kind: "inert", statement: statement2, alone }]
  ])
);
var server3 = {
  ...inert2,
  CreateExtensionStmt: (s, { catalog }) => s.if_not_exists && catalog.extensions.has(s.extname ?? "") ? [] : [{ kind: "create-extension", extension: s.extname ?? "", schema: null }],
  DropdbStmt: (s) => [{ kind: "drop-database", name: s.dbname ?? "" }],
  CommentStmt: (s, at) => comment(s.objtype, s.object, at),
  GrantStmt: (s, { catalog }) => {
    const revoke = s.is_grant !== true;
    if (s.objtype !== "OBJECT_TABLE" && s.objtype !== "OBJECT_SEQUENCE")
      return [{ kind: "inert", statement: revoke ? "REVOKE" : "GRANT", alone: false }];
    if (s.targtype !== "ACL_TARGET_OBJECT")
      return [{ kind: "inert", statement: revoke ? "REVOKE" : "GRANT", alone: false }];
    return all(s.objects, "RangeVar").map((range) => ({ kind: "grant", relation: resolve(range, catalog), revoke }));
  },
  VacuumStmt: vacuum,
  ClusterStmt: (s, { catalog }) => s.relation ? [{ kind: "cluster", relation: resolve(s.relation, catalog) }] : [{ kind: "maintain-database", what: "cluster" }],
  CreateStatsStmt: (s, { catalog }) => {
    const name = s.defnames?.[0] ? dotted({ List: { items: s.defnames } }).name : null;
    return all(s.relations, "RangeVar").map((range) => ({
      kind: "note-relation",
      relation: resolve(range, catalog),
      what: "statistics",
      mode: "SHARE UPDATE EXCLUSIVE",
      name
    }));
  },
  CreatePublicationStmt: (s, at) => publication(s.pubobjects, at),
  AlterPublicationStmt: (s, at) => publication(s.pubobjects, at),
  ImportForeignSchemaStmt: () => [
    { kind: "opaque", because: "IMPORT FOREIGN SCHEMA makes tables that are not written here", dynamic: false }
  ],
  AlterTableMoveAllStmt: () => [
    { kind: "opaque", because: "ALTER … ALL IN TABLESPACE moves tables that are not named", dynamic: false }
  ]
};

// src/effects/read/session.ts
var VERBS = {
  TRANS_STMT_BEGIN: "begin",
  TRANS_STMT_START: "begin",
  TRANS_STMT_COMMIT: "commit",
  TRANS_STMT_ROLLBACK: "rollback",
  TRANS_STMT_SAVEPOINT: "savepoint",
  TRANS_STMT_RELEASE: "release",
  TRANS_STMT_ROLLBACK_TO: "rollback-to",
  TRANS_STMT_PREPARE: "prepare",
  TRANS_STMT_COMMIT_PREPARED: "release",
  TRANS_STMT_ROLLBACK_PREPARED: "release"
};
function set(s) {
  const setting = (s.name ?? "").toLowerCase();
  const local = s.is_local ?? false;
  switch (s.kind) {
    case "VAR_RESET_ALL":
      return [{ kind: "reset", setting: null }];
    case "VAR_RESET":
    case "VAR_SET_DEFAULT":
      return [{ kind: "reset", setting }];
    case "VAR_SET_MULTI":
    case "VAR_SET_CURRENT":
      return [{ kind: "inert", statement: `SET ${setting}`, alone: false }];
    default:
      return [{ kind: "set", setting, value: (s.args ?? []).map((arg) => constant(arg) ?? "").join(", "), local }];
  }
}
var inert3 = (statement2, alone = false) => () => [{ kind: "inert", statement: statement2, alone }];
var session3 = {
  VariableSetStmt: set,
  VariableShowStmt: inert3("SHOW"),
  TransactionStmt: (s) => [{ kind: "transaction", verb: VERBS[s.kind ?? "TRANS_STMT_BEGIN"] }],
  DiscardStmt: (s) => [{ kind: "inert", statement: "DISCARD", alone: s.target === "DISCARD_ALL" }],
  NotifyStmt: inert3("NOTIFY"),
  ListenStmt: inert3("LISTEN"),
  UnlistenStmt: inert3("UNLISTEN"),
  CheckPointStmt: inert3("CHECKPOINT"),
  LoadStmt: inert3("LOAD"),
  PrepareStmt: inert3("PREPARE"),
  DeallocateStmt: inert3("DEALLOCATE"),
  ExecuteStmt: () => [{ kind: "opaque", because: "EXECUTE of a prepared statement", dynamic: true }],
  DeclareCursorStmt: inert3("DECLARE"),
  FetchStmt: inert3("FETCH"),
  ClosePortalStmt: inert3("CLOSE"),
  ConstraintsSetStmt: inert3("SET CONSTRAINTS")
};

// src/effects/read/types.ts
function typeOf(names3, kind, at) {
  const { schema, name } = qualified(names3);
  return {
    schema: schema ?? creationSchema(at.catalog),
    name,
    kind,
    age: "this-transaction",
    labels: [],
    fresh: [],
    base: null,
    constraints: [],
    notNull: false
  };
}
var keyOfNames = (names3, at) => {
  const { schema, name } = qualified(names3);
  return keyOf(resolveType({ schema: schema ?? "", name, mods: [], array: false }, at.catalog));
};
var checkName = (type, taken) => chooseName(type, [], "check", (name) => taken.some((known2) => known2.name === name));
function domain(s, at) {
  const type = typeOf(s.domainname, "domain", at);
  const written2 = all(s.constraints, "Constraint");
  const constraints3 = [];
  for (const c of written2)
    if (c.contype === "CONSTR_CHECK")
      constraints3.push({ name: c.conname ?? checkName(type.name, constraints3), notNull: false, valid: true });
  const notNull = written2.some((c) => c.contype === "CONSTR_NOTNULL");
  return [
    {
      kind: "create-type",
      type: { ...type, base: resolveType(typeRef(s.typeName), at.catalog), constraints: constraints3, notNull }
    }
  ];
}
function alterDomain(s, at) {
  const key = keyOfNames(s.typeName, at);
  const known2 = at.catalog.types.get(key);
  switch (s.subtype) {
    case "C": {
      const c = s.def && "Constraint" in s.def ? s.def.Constraint : void 0;
      const notNull = c?.contype === "CONSTR_NOTNULL";
      const name = c?.conname ?? checkName(qualified(s.typeName).name, known2?.constraints ?? []);
      return [{ kind: "add-domain-constraint", key, name, notNull, valid: c?.skip_validation !== true }];
    }
    case "V":
      return [{ kind: "validate-domain-constraint", key, name: s.name ?? "" }];
    case "X":
      return [{ kind: "drop-domain-constraint", key, name: s.name ?? "", notNull: false }];
    case "O":
      return [{ kind: "add-domain-constraint", key, name: "", notNull: true, valid: true }];
    case "N":
      return [{ kind: "drop-domain-constraint", key, name: null, notNull: true }];
    default:
      return [{ kind: "alter-domain-default", key }];
  }
}
var types3 = {
  CreateEnumStmt: (s, at) => [
    { kind: "create-type", type: { ...typeOf(s.typeName, "enum", at), labels: strings(s.vals) } }
  ],
  AlterEnumStmt: (s, at) => {
    const key = keyOfNames(s.typeName, at);
    const label = s.newVal ?? "";
    if (s.oldVal !== void 0) return [{ kind: "rename-enum-value", key, label: s.oldVal, to: label }];
    const exists2 = at.catalog.types.get(key)?.labels.includes(label) ?? false;
    return [{ kind: "add-enum-value", key, label, exists: exists2 && (s.skipIfNewValExists ?? false) }];
  },
  CompositeTypeStmt: (s, at) => {
    const schema = s.typevar?.schemaname ?? creationSchema(at.catalog);
    return [{ kind: "create-type", type: { ...typeOf([], "composite", at), schema, name: s.typevar?.relname ?? "" } }];
  },
  CreateRangeStmt: (s, at) => [{ kind: "create-type", type: typeOf(s.typeName, "range", at) }],
  CreateDomainStmt: domain,
  AlterDomainStmt: alterDomain,
  DefineStmt: (s, at) => s.kind === "OBJECT_TYPE" ? [{ kind: "create-type", type: typeOf(s.defnames, "base", at) }] : [
    {
      kind: "inert",
      statement: `CREATE ${s.kind ?? ""} ${constant(s.defnames?.[0]) ?? ""}`.trim(),
      alone: false
    }
  ],
  AlterTypeStmt: () => [{ kind: "inert", statement: "ALTER TYPE", alone: false }]
};

// src/effects/read.ts
var READERS = {
  ...tables3,
  ...alterTable,
  ...indexes3,
  ...objects,
  ...rows3,
  ...programs3,
  ...types3,
  ...sequences3,
  ...server3,
  ...session3
};
function read(statement2, at) {
  const { node } = statement2;
  if (node === null)
    return [{ kind: "opaque", because: statement2.error ?? "the statement does not parse", dynamic: false }];
  const tag = tagOf(node);
  const reader2 = READERS[tag];
  if (!reader2) return [{ kind: "opaque", because: `${tag} is not known`, dynamic: false }];
  return reader2(node[tag], at);
}
nest(read);

// src/catalog/commit.ts
var commit = (catalog, age) => grow(catalog, "this-transaction", age);
var settle = (catalog) => grow(catalog, "this-pr", "existing");
function grow(catalog, from, to) {
  const ages = (names3) => replace(names3, (age) => age === from ? to : age);
  const aged = (value) => value.age === from ? { ...value, age: to } : value;
  return {
    ...catalog,
    relations: replace(catalog.relations, aged),
    types: replace(catalog.types, (type) => usable(aged(type))),
    schemas: ages(catalog.schemas),
    extensions: ages(catalog.extensions)
  };
}
var usable = (type) => type.fresh.length > 0 ? { ...type, fresh: [] } : type;
function replace(names3, update) {
  let next = names3;
  for (const [key, value] of names3.entries()) {
    const updated = update(value);
    if (updated !== value) next = next.with(key, updated);
  }
  return next;
}

// src/transaction.ts
var Connection = class {
  catalog;
  held = [];
  earlier = [];
  delivery;
  commits;
  session = /* @__PURE__ */ new Map();
  local = /* @__PURE__ */ new Map();
  before;
  /** A block that the tool, or the server for its message, has opened. */
  wrapped;
  begun = false;
  created = false;
  constructor(catalog, { delivery, statements: statements2, commits }) {
    this.catalog = catalog;
    this.before = catalog;
    this.delivery = delivery;
    this.commits = commits;
    this.wrapped = OPENS[delivery](statements2);
  }
  get transaction() {
    return {
      block: this.wrapped || this.begun,
      implicit: this.wrapped && !this.begun && IMPLICIT.has(this.delivery),
      explicit: this.begun,
      position: this.earlier.length
    };
  }
  get settings() {
    return new Map([...this.session, ...this.local]);
  }
  /** After a statement's changes were applied: settings, transaction control, and the commit of one that stands alone. */
  after(step) {
    this.catalog = step.after;
    let control = false;
    for (const change of step.changes) {
      control ||= change.kind === "transaction";
      this.created ||= change.kind.startsWith("create-") || change.kind === "refresh" || change.kind === "add-enum-value";
      this.follow(change);
    }
    if (control) return;
    this.earlier.push(step);
    for (const cost of step.costs) if (cost.kind === "lock" && cost.until === "commit") this.held.push(cost);
    if (!this.transaction.block) this.end();
  }
  /** The connection closes, or the tool commits what it wrapped. */
  close() {
    this.end();
    return this.catalog;
  }
  /** BEGIN without COMMIT: the work is rolled back when the tool disconnects. */
  get open() {
    return this.begun;
  }
  follow(change) {
    if (change.kind === "set") this.set(change.setting, change.value, change.local);
    if (change.kind === "reset") this.reset(change.setting);
    if (change.kind !== "transaction") return;
    if (change.verb === "begin") this.begun = true;
    if (change.verb === "commit" || change.verb === "rollback") {
      if (change.verb === "rollback") this.catalog = this.before;
      this.begun = false;
      if (!IMPLICIT.has(this.delivery)) this.wrapped = false;
      this.end();
    }
  }
  set(setting, value, local) {
    const map = local ? this.local : this.session;
    if (local && !this.transaction.block) return;
    if (value === null) map.delete(setting);
    else map.set(setting, value);
  }
  reset(setting) {
    if (setting === null) {
      this.session.clear();
      this.local.clear();
    } else {
      this.session.delete(setting);
      this.local.delete(setting);
    }
  }
  end() {
    if (this.created) this.catalog = commit(this.catalog, this.commits);
    this.created = false;
    this.held = [];
    this.earlier = [];
    this.local = /* @__PURE__ */ new Map();
    this.before = this.catalog;
  }
};
var IMPLICIT = /* @__PURE__ */ new Set(["one-message", "pipeline"]);
var OPENS = {
  "all-files": () => true,
  "whole-file": () => true,
  "one-message": (statements2) => statements2 > 1,
  pipeline: () => true,
  "per-statement": () => false,
  "as-written": () => false
};

// src/analyze.ts
function analyze(statements2, catalog, { migration: migration2, pg, commits }) {
  const count3 = statements2.length;
  const connection = new Connection(catalog, { delivery: migration2.transaction, statements: count3, commits });
  const { searchPath: searchPath2 } = catalog;
  const steps = statements2.map((statement2, index) => {
    const { transaction, settings } = connection;
    const before = connection.catalog;
    const changes = read(statement2, { catalog: before, settings, pg });
    const { costs, after } = pay(changes, before, { settings, pg });
    const refused = transaction.block && !(migration2.transaction === "pipeline" && transaction.position === 0);
    const step = {
      statement: statement2,
      migration: migration2,
      transaction,
      changes,
      costs: refused ? [...costs, ...failures(changes, pg)] : costs,
      before,
      after,
      held: [...connection.held],
      settings,
      earlier: [...connection.earlier],
      remaining: count3 - index - 1
    };
    connection.after(step);
    return step;
  });
  const { open } = connection;
  return { steps, catalog: { ...connection.close(), searchPath: searchPath2 }, open };
}
function pay(changes, catalog, { settings, pg }) {
  const costs = [];
  let after = catalog;
  for (const change of changes) {
    costs.push(...price(change, { catalog: after, pg, settings }));
    after = apply(after, change);
  }
  return { costs: merge(costs), after };
}
var failures = (changes, pg) => changes.flatMap((change) => {
  const message = refusesBlock(change, pg);
  if (message === null) return [];
  const relation = "relation" in change ? change.relation : null;
  return [
    { kind: "fail", relation, sqlstate: "25001", message, cause: change, basis: "predicted", certainty: "will" }
  ];
});

// src/blind-spots.ts
function blindSpots(migration2, steps) {
  const unread = migration2.unread.map(({ line, because }) => {
    return { span: { file: migration2.file, line, endLine: line }, because, kind: "unread" };
  });
  const unknown = steps.flatMap(
    ({ statement: statement2, changes }) => changes.flatMap(
      (change) => change.kind === "opaque" ? [{ span: statement2.span, because: change.because, kind: kindOf(statement2.node === null, change.dynamic) }] : []
    )
  );
  return [...unread, ...unknown];
}
var kindOf = (unparsed, dynamic) => unparsed ? "syntax" : dynamic ? "dynamic" : "opaque";

// src/model/names.ts
var Names = class _Names {
  root;
  newer;
  constructor(root, newer) {
    this.root = root;
    this.newer = newer;
  }
  static empty() {
    return new _Names({ map: /* @__PURE__ */ new Map() }, null);
  }
  static of(entries) {
    return new _Names({ map: new Map(entries) }, null);
  }
  get(key) {
    return this.owned().get(key);
  }
  has(key) {
    return this.owned().has(key);
  }
  get size() {
    return this.owned().size;
  }
  /** A copy, so that the caller may change the names while it walks. */
  entries() {
    return [...this.owned()];
  }
  values() {
    return [...this.owned().values()];
  }
  with(key, value) {
    return this.change(key, value);
  }
  without(key) {
    return this.has(key) ? this.change(key, void 0) : this;
  }
  change(key, value) {
    const map = this.owned();
    const before = map.get(key);
    const next = new _Names({ map }, null);
    set2(map, key, value);
    this.root = null;
    this.newer = { to: next, key, value: before };
    return next;
  }
  owned() {
    if (this.root) return this.root.map;
    const path = [];
    let newest = this.newer?.to;
    for (; newest?.newer; newest = newest.newer.to) path.push(newest);
    let map = newest?.root?.map ?? /* @__PURE__ */ new Map();
    for (const older of path.reverse()) map = older.reroot(map);
    return this.reroot(map);
  }
  /** Takes the map over from the next newer version, which keeps its own difference to this one. */
  reroot(map) {
    if (!this.newer) return map;
    const { to, key, value } = this.newer;
    to.newer = { to: this, key, value: map.get(key) };
    to.root = null;
    set2(map, key, value);
    this.root = { map };
    this.newer = null;
    return map;
  }
};
function set2(map, key, value) {
  if (value === void 0) map.delete(key);
  else map.set(key, value);
}

// src/catalog/empty.ts
var emptyCatalog = () => ({
  relations: Names.empty(),
  indexes: Names.empty(),
  children: Names.empty(),
  types: Names.empty(),
  routines: Names.empty(),
  schemas: Names.of([["public", "existing"]]),
  extensions: Names.empty(),
  searchPath: ["public"],
  partial: []
});

// src/sql/lines.ts
var Lines = class {
  text;
  starts = [0];
  ascii;
  /** The last conversion: offsets come in ascending order, so the next one starts there. */
  last = { byte: 0, index: 0 };
  constructor(text) {
    this.text = text;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.starts.push(at + 1);
    this.ascii = Buffer.byteLength(text) === text.length;
  }
  /** The line of a string index, counted from 1. */
  at(index) {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = low + high + 1 >> 1;
      if ((this.starts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }
  /** The string index of a UTF-8 byte offset. */
  index(byte) {
    if (this.ascii) return byte;
    let { byte: at, index } = byte >= this.last.byte ? this.last : { byte: 0, index: 0 };
    while (at < byte) {
      const code2 = this.text.codePointAt(index) ?? 0;
      at += code2 < 128 ? 1 : code2 < 2048 ? 2 : code2 < 65536 ? 3 : 4;
      index += code2 > 65535 ? 2 : 1;
    }
    this.last = { byte: at, index };
    return index;
  }
};

// src/sql/tokens.ts
var DOLLAR = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;
var WORD = /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y;
function* tokens(sql) {
  let at = 0;
  while (at < sql.length) {
    const start = at;
    const char = sql[at];
    const pair = sql.slice(at, at + 2);
    if (pair === "--") {
      at = endOf(sql, "\n", at, 0);
      yield { kind: "comment", start, end: at };
    } else if (pair === "/*") {
      at = endOfBlock(sql, at);
      yield { kind: "comment", start, end: at };
    } else if (char === "'") {
      at = endOfQuoted(sql, at, "'", escapes(sql, at));
      yield { kind: "string", start, end: at };
    } else if (char === '"') {
      at = endOfQuoted(sql, at, '"', false);
      yield { kind: "identifier", start, end: at };
    } else if (char === "$" && matches2(DOLLAR, sql, at)) {
      const tag = DOLLAR.lastIndex;
      at = endOf(sql, sql.slice(start, tag), tag, tag - start);
      yield { kind: "string", start, end: at };
    } else if (char === ";") {
      at += 1;
      yield { kind: "semicolon", start, end: at };
    } else if (matches2(WORD, sql, at)) {
      at = WORD.lastIndex;
      yield { kind: "identifier", start, end: at };
    } else {
      at += 1;
      if (char !== void 0 && char > " ") yield { kind: "other", start, end: at };
    }
  }
}
function matches2(pattern, sql, at) {
  pattern.lastIndex = at;
  return pattern.test(sql);
}
function endOf(sql, mark, from, length2) {
  const found = sql.indexOf(mark, from);
  return found < 0 ? sql.length : found + length2;
}
function endOfBlock(sql, from) {
  const edge = /\/\*|\*\//g;
  edge.lastIndex = from;
  let depth2 = 0;
  for (let match = edge.exec(sql); match; match = edge.exec(sql)) {
    depth2 += match[0] === "/*" ? 1 : -1;
    if (depth2 === 0) return edge.lastIndex;
  }
  return sql.length;
}
var escapes = (sql, at) => /(?:^|[^A-Za-z0-9_$])[eE]$/.test(sql.slice(Math.max(0, at - 2), at));
function endOfQuoted(sql, from, quote2, backslash) {
  for (let at = from + 1; at < sql.length; at += 1) {
    if (backslash && sql[at] === "\\") at += 1;
    else if (sql[at] === quote2) {
      if (sql[at + 1] === quote2) at += 1;
      else return at + 1;
    }
  }
  return sql.length;
}

// src/sql/split.ts
function split(sql) {
  const parts2 = [];
  let start = -1;
  let end2 = -1;
  let depth2 = 0;
  for (const token of tokens(sql)) {
    if (token.kind === "comment") continue;
    if (token.kind === "identifier") depth2 = atomic(depth2, sql.slice(token.start, token.end), sql, start, token.start);
    if (token.kind === "semicolon" && depth2 === 0) {
      if (start >= 0) parts2.push({ start, end: end2 });
      start = -1;
      continue;
    }
    if (start < 0) start = token.start;
    end2 = token.end;
  }
  if (start >= 0) parts2.push({ start, end: end2 });
  return parts2;
}
function atomic(depth2, word, sql, start, at) {
  const lower = word.toLowerCase();
  if (depth2 > 0) return lower === "end" ? depth2 - 1 : lower === "case" ? depth2 + 1 : depth2;
  if (lower !== "atomic" || start < 0) return 0;
  return /\bbegin\s*$/i.test(sql.slice(start, at)) ? 1 : 0;
}

// src/sql/parse.ts
var LARGEST = 8 * 1024 * 1024;
async function parse2(text, file) {
  await loadModule();
  const nul = text.indexOf("\0");
  if (nul >= 0) {
    const line = new Lines(text).at(nul);
    throw new Expected(`${file}:${line} holds a NUL byte`, {
      hint: "Remove it: the parser would not see what follows it.",
      span: { file, line, endLine: line }
    });
  }
  const sql = text.charCodeAt(0) === 65279 ? ` ${text.slice(1)}` : text;
  if (sql.trim() === "") return [];
  const lines = new Lines(sql);
  const whole2 = sql.length <= LARGEST ? attempt(sql) : [];
  if (typeof whole2 !== "string" && sql.length <= LARGEST) return whole2.map((raw) => statement(sql, raw, lines, file));
  return split(sql).map((part) => parseAlone(sql, part, lines, file));
}
function attempt(sql) {
  try {
    return parseSync(sql).stmts ?? [];
  } catch (error) {
    return error instanceof Error ? error.message.split("\n", 1)[0] ?? "" : String(error);
  }
}
function parseAlone(sql, part, lines, file) {
  const text = sql.slice(part.start, part.end);
  const parsed = text.length > LARGEST ? `statement of more than ${LARGEST} characters` : attempt(text);
  const span = { file, line: lines.at(part.start), endLine: lines.at(Math.max(part.start, part.end - 1)) };
  if (typeof parsed === "string") return { sql: text, span, node: null, error: parsed };
  const [only] = parsed;
  if (parsed.length === 1 && only?.stmt) return { sql: text, span, node: only.stmt };
  return { sql: text, span, node: null, error: "the statement could not be told apart from its neighbours" };
}
function statement(sql, { stmt, stmt_location = 0, stmt_len }, lines, file) {
  const start = lines.index(stmt_location);
  const end2 = stmt_len === void 0 ? sql.length : lines.index(stmt_location + stmt_len);
  const text = sql.slice(start, end2).trimEnd();
  return {
    sql: text,
    span: { file, line: lines.at(start), endLine: lines.at(Math.max(start, start + text.length - 1)) },
    node: stmt ?? null
  };
}

// src/sql/target-grammar.ts
var NEW = /\bvirtual\b|\benforced\b|\bjson_(?:table|exists|query|value|scalar|serialize)\b|\bwithout\s+overlaps\b|\bperiod\s+\w+\s*\)|\bset\s+expression\b|\bmerge\s+into\b[^;]*\breturning\b|\breturning\s+with\b|\b(?:add|constraint\s+\S+)\s+not\s+null\b|\b(?:log_verbosity|on_error|force_null)\b/i;
var count = (text, pattern) => text.match(pattern)?.length ?? 0;
var isNew = (sql) => NEW.test(sql) || count(sql, /\bgenerated\s+always\s+as\s*\(/gi) > count(sql, /\bstored\b/gi);
async function refusedBefore17({ sql, node }) {
  if (node === null || !isNew(sql)) return null;
  const { default: PgQuery } = await import("./pg_query_wasm-5YEHT4BJ.js");
  const module = await new PgQuery();
  const text = new TextEncoder().encode(sql);
  const bytes2 = new Uint8Array(text.length + 1);
  bytes2.set(text);
  const pointer = module.allocate(bytes2, 0);
  try {
    const { message } = module.raw_parse(pointer).error;
    return message === "" ? null : message;
  } finally {
    module._free(pointer);
  }
}

// src/judge.ts
async function judge(history, { pg, mode, base = emptyCatalog(), onFile }) {
  const judged = [];
  let catalog = base;
  for (const migration2 of history.migrations) {
    onFile?.();
    if (migration2.direction === "down") continue;
    const kept = mode === "audit" || migration2.changed;
    const commits = kept ? "this-pr" : "existing";
    const statements2 = await parse2(migration2.sql, migration2.file);
    const understood = analyze(statements2, catalog, { migration: migration2, pg, commits });
    if (kept) {
      const spots = [...blindSpots(migration2, understood.steps), ...await foreignSyntax(statements2, pg)];
      judged.push({ migration: migration2, steps: understood.steps, blindSpots: spots });
    }
    catalog = mode === "audit" ? settle(understood.catalog) : understood.catalog;
  }
  return judged;
}
async function foreignSyntax(statements2, pg) {
  if (pg >= 17) return [];
  const spots = [];
  for (const statement2 of statements2) {
    const refusal = await refusedBefore17(statement2);
    if (refusal !== null)
      spots.push({ span: statement2.span, because: `Postgres ${pg} does not accept it: ${refusal}`, kind: "syntax" });
  }
  return spots;
}

// src/report.ts
import { createHash } from "node:crypto";

// src/sql/comments.ts
function comments(sql) {
  if (!sql.includes("--") && !sql.includes("/*")) return [];
  const lines = new Lines(sql);
  const found = [];
  for (const token of tokens(sql)) {
    if (token.kind !== "comment") continue;
    const raw = sql.slice(token.start, token.end);
    const text = raw.startsWith("--") ? raw.slice(2) : raw.slice(2).replace(/\*\/$/, "");
    found.push({
      text: text.trim(),
      line: lines.at(token.start),
      endLine: lines.at(Math.max(token.start, token.end - 1))
    });
  }
  return found;
}

// src/allow.ts
var DIRECTIVE2 = /^migration-gate:\s*allow\s+([\w, -]+?)\s*(?::\s*([\s\S]*))?$/i;
function allows({ sql, file }, statements2) {
  if (!sql.includes("migration-gate:")) return [];
  const texts = sql.split("\n");
  return comments(sql).flatMap((comment2) => {
    const [, rules2 = "", reason = ""] = DIRECTIVE2.exec(comment2.text) ?? [];
    const lines = covered(comment2, statements2, texts);
    const span = { file, line: comment2.line, endLine: comment2.endLine };
    return rules2.split(",").flatMap(
      (rule2) => rule2.trim() === "" ? [] : [{ rule: rule2.trim(), reason: reason.trim(), span, lines }]
    );
  });
}
function covered(comment2, statements2, texts) {
  const inside = statements2.find(({ span }) => span.line <= comment2.line && comment2.line <= span.endLine);
  if (inside) return { from: inside.span.line, to: inside.span.endLine };
  const next = statements2.find(({ span }) => span.line > comment2.endLine);
  if (!next) return { from: comment2.line, to: comment2.endLine };
  const gap = texts.slice(comment2.endLine, next.span.line - 1).some((text) => text.trim() === "");
  return gap && next === statements2[0] ? null : { from: next.span.line, to: next.span.endLine };
}
var covers = (allow, rule2, span) => allow.rule === rule2 && allow.reason !== "" && allow.span.file === span.file && (allow.lines === null || span.line <= allow.lines.to && allow.lines.from <= span.endLine);
function complaint(allow, used, ruleIds2) {
  if (!ruleIds2.includes(allow.rule))
    return { rule: "unknown-allow", message: `No rule is called ${allow.rule}.${suggestion(allow.rule, ruleIds2)}` };
  if (allow.reason === "")
    return {
      rule: "allow-without-reason",
      message: `The allowance of ${allow.rule} gives no reason, so it allows nothing. Write it after a colon.`
    };
  return used ? null : { rule: "unused-allow", message: `Nothing here breaks ${allow.rule}: the allowance can go.` };
}
var allowance = ({ rule: rule2, reason, span }, used) => ({ rule: rule2, reason, span, used });

// src/report.ts
function report(parts2) {
  const written2 = parts2.judged.flatMap(
    ({ migration: migration2, steps }) => allows(
      migration2,
      steps.map((step) => step.statement)
    )
  );
  const used = /* @__PURE__ */ new Set();
  const seen = /* @__PURE__ */ new Map();
  const allowing = (candidate) => written2.find((allow) => covers(allow, candidate.rule.id, candidate.step.statement.span));
  const live2 = parts2.candidates.filter((candidate) => !allowing(candidate));
  const silenced = parts2.candidates.filter((candidate) => allowing(candidate));
  const findings = [...once(live2), ...silenced].map((candidate) => {
    const { rule: rule2, step, severity, violation } = candidate;
    const allow = allowing(candidate);
    if (allow) used.add(allow);
    return {
      rule: rule2.id,
      severity,
      category: rule2.category,
      message: violation.message,
      remedy: violation.remedy ?? null,
      span: step.statement.span,
      evidence: violation.evidence,
      fingerprint: unique(fingerprint2(rule2.id, step.migration.id, violation.evidence), seen),
      allowed: allow ? { reason: allow.reason } : null
    };
  });
  const complaints = written2.flatMap((allow) => {
    const wrong = complaint(allow, used.has(allow), parts2.ruleIds);
    if (!wrong) return [];
    const severity = wrong.rule === "unused-allow" ? "notice" : "error";
    const id = unique(fingerprint2(wrong.rule, allow.span.file, []), seen);
    return [
      {
        rule: wrong.rule,
        severity,
        category: "hygiene",
        message: wrong.message,
        remedy: null,
        span: allow.span,
        evidence: [],
        fingerprint: id,
        allowed: null
      }
    ];
  });
  const all2 = [...findings, ...complaints];
  const blindSpots3 = parts2.judged.flatMap((judged) => judged.blindSpots);
  return {
    version: parts2.version,
    conclusion: conclude(all2, blindSpots3, parts2),
    pg: parts2.pg,
    migrations: parts2.judged.map(({ migration: migration2, steps }) => ({
      id: migration2.id,
      file: migration2.file,
      framework: migration2.framework,
      changed: migration2.changed,
      statements: steps.map(({ statement: statement2, changes, costs }) => ({
        sql: statement2.sql,
        span: statement2.span,
        effects: [...changes, ...costs],
        traced: null
      }))
    })),
    findings: all2,
    blindSpots: blindSpots3,
    allowances: written2.map((allow) => allowance(allow, used.has(allow))),
    history: parts2.history,
    notes: parts2.notes
  };
}
function conclude(findings, blindSpots3, { failOn, unparsed }) {
  const live2 = findings.filter((finding) => finding.allowed === null);
  const fails = (severity) => failOn === severity || failOn === "warning" && severity === "error";
  const hidden = blindSpots3.some((spot) => spot.kind === "syntax" || spot.kind === "unread");
  if (live2.some((finding) => fails(finding.severity)) || hidden && unparsed === "fail" && failOn !== "never")
    return "fail";
  return live2.some((finding) => finding.severity !== "notice") || blindSpots3.length > 0 ? "warn" : "pass";
}
function fingerprint2(rule2, migration2, evidence) {
  const what2 = evidence.map((effect) => {
    if ("basis" in effect) return identity(effect);
    return "relation" in effect ? `${effect.kind} ${effect.relation.schema}.${effect.relation.name}` : effect.kind;
  });
  return createHash("sha256").update([rule2, migration2, ...what2.sort()].join("\n")).digest("hex").slice(0, 16);
}
function unique(id, seen) {
  const count3 = (seen.get(id) ?? 0) + 1;
  seen.set(id, count3);
  return count3 === 1 ? id : `${id}-${count3}`;
}

// src/run.ts
async function run({ repo, changed, options, mode, progress }) {
  const touched = new Set(changed.filter((file) => file.status !== "removed").map((file) => file.path));
  const { framework, paths } = options;
  const histories = (await collect(repo, { framework, paths: paths.length > 0 ? paths : null, changed: touched })).map(
    (history) => transactionFor(history, options)
  );
  const concerned = histories.filter(
    (history) => mode === "audit" || history.migrations.some((migration2) => migration2.changed)
  );
  const pg = options["postgres-version"];
  const all2 = concerned.reduce((count3, history) => count3 + history.migrations.length, 0);
  let done = 0;
  const judged = [];
  for (const history of concerned)
    judged.push(...await judge(history, { pg, mode, onFile: () => progress?.(++done, all2) }));
  if (judged.some(({ steps }) => steps.length > 0)) await loadDeparser();
  const candidates = judged.flatMap(({ migration: migration2, steps }) => check(rules, steps, rulesFor(migration2.file, options)));
  return report({
    version: VERSION,
    pg,
    judged,
    candidates,
    ruleIds: rules.map((rule2) => rule2.id),
    failOn: options["fail-on"],
    unparsed: options.unparsed,
    history: mode === "audit" ? 0 : all2 - judged.length,
    notes: concerned.length > 0 ? [] : [histories.length > 0 ? "No migration changed." : "No migrations were found in this repository."]
  });
}

// src/render/verdict.ts
var count2 = (n, noun) => `${n} ${noun}${n === 1 ? "" : "s"}`;
var live = (report2) => report2.findings.filter((finding) => finding.allowed === null);
var bySeverity = (report2) => {
  const counts = { error: 0, warning: 0, notice: 0 };
  for (const finding of live(report2)) counts[finding.severity] += 1;
  return counts;
};
var RANK2 = { error: 0, warning: 1, notice: 2 };
var worstFirst = (findings) => findings.map((finding, at) => ({ finding, at })).sort((a, b) => RANK2[a.finding.severity] - RANK2[b.finding.severity] || a.at - b.at).map(({ finding }) => finding);
var SAYS = { pass: "passes", warn: "passes, with remarks", fail: "fails" };
function verdict(report2) {
  if (report2.migrations.length === 0) return `The gate ${SAYS[report2.conclusion]}: no migration changed.`;
  const counts = bySeverity(report2);
  const parts2 = ["error", "warning", "notice"].flatMap(
    (severity) => counts[severity] > 0 ? [count2(counts[severity], severity)] : []
  );
  const spots = report2.blindSpots.length > 0 ? [count2(report2.blindSpots.length, "blind spot")] : [];
  const said = [...parts2, ...spots];
  return `The gate ${SAYS[report2.conclusion]}: ${said.length > 0 ? said.join(", ") : "nothing to remark"} in ${count2(report2.migrations.length, "migration")}.`;
}

// src/render/annotations.ts
var LONGEST2 = 4e3;
function annotations(report2) {
  const findings = worstFirst(live(report2)).map(({ severity, rule: rule2, message, remedy, span }) => {
    const text = [message, remedy?.text ?? "", ...(remedy?.steps ?? []).map((step) => step.sql)].filter((part) => part !== "").join("\n");
    return { level: severity, title: rule2, message: text.slice(0, LONGEST2), ...span };
  });
  const spots = report2.blindSpots.flatMap(
    ({ span, because }) => span ? [{ level: "warning", title: "not analysed", message: because.slice(0, LONGEST2), ...span }] : []
  );
  return [...findings, ...spots];
}
var escapeData = (text) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
var escapeProperty = (text) => escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
var renderGithub = (report2) => annotations(report2).map(
  ({ level, title, message, file, line, endLine }) => `::${level} file=${escapeProperty(file)},line=${line},endLine=${endLine},title=${escapeProperty(title)}::${escapeData(message)}
`
).join("");

// src/render/escape.ts
var inline = (text) => text.replace(/\s+/g, " ").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/[\\`*_{}[\]()#+!|~]/g, "\\$&").replace(/@/g, "@​").replace(/(https?|www)([:.])/gi, "$1​$2");
function block(text, language = "sql") {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((match) => match[0].length));
  const fence = "`".repeat(longest + 1);
  const clean = text.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "�");
  return `${fence}${language}
${clean}
${fence}`;
}
function code(text) {
  const flat = text.replace(/\s+/g, " ").trim();
  const longest = Math.max(0, ...[...flat.matchAll(/`+/g)].map((match) => match[0].length));
  const fence = "`".repeat(longest + 1);
  const pad = flat.startsWith("`") || flat.endsWith("`") || flat === "" ? " " : "";
  return `${fence}${pad}${flat.replaceAll("|", "\\|")}${pad}${fence}`;
}

// src/render/json.ts
var renderJson = (report2) => `${JSON.stringify(report2, withoutCauses, 2)}
`;
function withoutCauses(key, value) {
  return key === "cause" ? void 0 : value;
}

// src/render/work.ts
var isCost = (effect) => "basis" in effect;
var WORK = { scan: 1, "build-index": 2, rewrite: 3 };
var WORDS3 = [
  "briefly",
  "while its rows are read",
  "while an index is built",
  "while the table is rewritten"
];
function blocking(migration2) {
  const found = /* @__PURE__ */ new Map();
  for (const { effects } of migration2.statements) {
    for (const cost of effects.filter(isCost)) {
      if (cost.kind !== "lock" || !isVisible(cost.relation) || !blocksWrites(cost.mode)) continue;
      const key = keyOf(cost.relation);
      const work = effects.filter(isCost).reduce((longest, other) => {
        const rank2 = other.kind === "scan" || other.kind === "build-index" || other.kind === "rewrite" ? WORK[other.kind] : 0;
        return rank2 > 0 && other.relation !== null && keyOf(other.relation) === key ? Math.max(longest, rank2) : longest;
      }, 0);
      const before = found.get(key) ?? { reads: false, work: 0 };
      found.set(key, { reads: before.reads || blocksReads(cost.mode), work: Math.max(before.work, work) });
    }
  }
  return [...found].map(([relation, { reads, work }]) => ({
    relation: relation.replace(/^public\./, ""),
    what: reads ? "reads and writes" : "writes",
    work: WORDS3[work] ?? "briefly"
  }));
}
function sayCost(cost) {
  const on = cost.relation ? cost.relation.name : "";
  const doubt = cost.certainty === "may" ? ` (may: ${cost.because ?? "not certain"})` : "";
  const proof = cost.basis === "both" ? ", measured" : "";
  return `${SAY[cost.kind](cost, on)}${proof}${doubt}`;
}
var SAY = {
  lock: (cost, on) => `${cost.mode} on ${on}`,
  rewrite: (_, on) => `rewrite of ${on}`,
  "new-file": (_, on) => `new file for ${on}`,
  scan: (_, on) => `every row of ${on} is read`,
  "build-index": (cost, on) => `index ${cost.index} built on ${on}`,
  wait: (_, on) => `waits for older transactions on ${on}`,
  "touch-rows": (cost, on) => `${cost.verb} of ${cost.all ? "every row" : "rows"} of ${on}`,
  "lose-data": (cost, on) => `loses ${cost.what === "table" ? "the table" : `a ${cost.what}`.replace("a rows", "rows").replace("a precision", "precision")} ${on}`,
  reject: (cost, on) => `fails on ${on} if ${cost.if}`,
  fail: (cost) => `fails: ${cost.message} (${cost.sqlstate})`
};

// src/render/markdown.ts
var MARKS = { error: "🛑", warning: "⚠️", notice: "ℹ️" };
var SIGNS = { pass: "✅", warn: "⚠️", fail: "🛑" };
var DETAILS = ["full", "short", "list", "counts"];
function renderMarkdown(report2, { limit }) {
  for (const detail of DETAILS) {
    const text = render(report2, detail);
    if (Buffer.byteLength(text) <= limit) return text;
  }
  return `${headline(report2)}
`;
}
var headline = (report2) => `### ${SIGNS[report2.conclusion]} ${verdict(report2).replace(/^The gate/, "Migration Gate")}`;
function render(report2, detail) {
  const parts2 = [headline(report2)];
  if (detail !== "counts") parts2.push(...table(report2));
  const findings = worstFirst(live(report2));
  if (detail === "full" || detail === "short")
    parts2.push(...findings.map((finding) => findingSection(finding, report2, detail)));
  if (detail === "list") parts2.push(findings.map((f) => `- ${MARKS[f.severity]} ${place(f)} ${code(f.rule)}`).join("\n"));
  if (detail === "counts")
    parts2.push("The report is too long for this place: the whole of it is in the report file of the run.");
  else parts2.push(...blindSpots2(report2), ...allowances(report2));
  parts2.push(...report2.notes.map(inline), footer(report2));
  return `${parts2.filter((part) => part !== "").join("\n\n")}
`;
}
var place = ({ span }) => code(`${span.file}:${span.line}`);
function table(report2) {
  if (report2.migrations.length === 0) return [];
  const rows4 = report2.migrations.map(
    (migration2) => `| ${risk(migration2, report2)} | ${code(migration2.file)} | ${blocks(migration2)} |`
  );
  return [["| | Migration | Blocks |", "| --- | --- | --- |", ...rows4].join("\n")];
}
function risk(migration2, report2) {
  const own = live(report2).filter((finding) => finding.span.file === migration2.file);
  const hidden = report2.blindSpots.some((spot) => spot.span?.file === migration2.file);
  const worst = ["error", "warning", "notice"].find(
    (severity) => own.some((finding) => finding.severity === severity)
  );
  if (worst) return MARKS[worst];
  return hidden ? "❔" : "✅";
}
function blocks(migration2) {
  const found = blocking(migration2);
  if (found.length === 0) return "nothing";
  return found.map(({ relation, what: what2, work }) => `${what2} of ${code(relation)} ${work}`).join("<br>");
}
function findingSection(finding, report2, detail) {
  const { rule: rule2, severity, message, evidence, remedy, span } = finding;
  const statement2 = report2.migrations.flatMap((m) => m.statements).find((s) => s.span.file === span.file && s.span.line === span.line);
  const lines = (statement2?.sql ?? "").split("\n");
  const shown = detail === "full" ? 40 : 6;
  const sql = lines.length > shown ? [...lines.slice(0, shown), `-- … ${lines.length - shown} more lines`] : lines;
  const costs = [...new Set(evidence.filter(isCost).map(sayCost))];
  const parts2 = [
    `#### ${MARKS[severity]} ${inline(message)}`,
    `${place(finding)} · ${code(rule2)}`,
    statement2 ? block(sql.join("\n").slice(0, 4e3)) : "",
    costs.length > 0 ? `Because: ${costs.map(inline).join("; ")}.` : "",
    remedy ? wayOut(remedy, detail) : ""
  ];
  return parts2.filter((part) => part !== "").join("\n\n");
}
function wayOut(remedy, detail) {
  const many = remedy.steps.length > 1;
  const steps = detail === "full" ? remedy.steps.map(
    ({ title, sql }, index) => `${many ? `**${index + 1}.** ` : ""}${inline(title)}

${block(sql)}`
  ) : [];
  const body = [remedyText(remedy.text), ...steps].join("\n\n");
  const summary = many ? `The safe way, in ${count2(remedy.steps.length, "deploy")}` : "The safe way";
  return `<details><summary>${summary}</summary>

${body}

</details>`;
}
var remedyText = (text) => text.split(/(`[^`\n]*`)/).map((part, at) => at % 2 === 1 ? code(part.slice(1, -1)) : inline(part)).join("");
function blindSpots2({ blindSpots: spots }) {
  if (spots.length === 0) return [];
  const rows4 = spots.map(
    ({ span, because }) => `- ${span ? `${code(`${span.file}:${span.line}`)} ` : ""}${inline(because)}`
  );
  return [
    `**Not analysed** (${count2(spots.length, "place")}): silence about them proves nothing.`,
    fold(rows4, "Where")
  ];
}
function allowances({ allowances: all2 }) {
  const used = all2.filter((allowance2) => allowance2.used);
  if (used.length === 0) return [];
  return [
    `**Allowed by the author**`,
    fold(
      used.map(({ rule: rule2, reason, span }) => `- ${code(`${span.file}:${span.line}`)} ${code(rule2)}: ${inline(reason)}`),
      count2(used.length, "allowance")
    )
  ];
}
var fold = (rows4, summary) => rows4.length <= 5 ? rows4.join("\n") : `<details><summary>${summary}</summary>

${rows4.join("\n")}

</details>`;
var footer = ({ pg, history }) => `<sub>Judged for Postgres ${pg}, on the schema that ${count2(history, "earlier migration")} leave${history === 1 ? "s" : ""}.</sub>`;

// src/render/sarif.ts
var LEVELS = { error: "error", warning: "warning", notice: "note" };
function renderSarif(report2, rules2) {
  const named = new Set(report2.findings.map((finding) => finding.rule));
  const described = rules2.filter((rule2) => named.has(rule2.id)).map(({ id, summary, why }) => ({
    id,
    shortDescription: { text: summary },
    fullDescription: { text: summary },
    help: { text: why.trim(), markdown: why.trim() }
  }));
  const results = report2.findings.map(({ rule: rule2, severity, message, span, fingerprint: fingerprint3, allowed: allowed2 }) => ({
    ruleId: rule2,
    level: LEVELS[severity],
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(span.file), uriBaseId: "%SRCROOT%" },
          region: { startLine: span.line, endLine: span.endLine }
        }
      }
    ],
    partialFingerprints: { "migrationGate/v1": fingerprint3 },
    ...allowed2 ? { suppressions: [{ kind: "inSource", justification: allowed2.reason }] } : {}
  }));
  const driver = {
    name: "Migration Gate",
    semanticVersion: report2.version,
    informationUri: "https://github.com/pg-migration-gate/pg-migration-gate",
    rules: described
  };
  const sarif = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver }, columnKind: "utf16CodeUnits", results }]
  };
  return `${JSON.stringify(sarif, null, 2)}
`;
}

// src/render/text.ts
var COLOURS = { error: 31, warning: 33, notice: 36, dim: 2, bold: 1, pass: 32, warn: 33, fail: 31 };
var plain2 = (text) => text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "�");
var LONGEST3 = 12;
function renderText(report2, { colour = false } = {}) {
  const paint = (text, name) => colour ? `\x1B[${COLOURS[name]}m${text}\x1B[0m` : text;
  const parts2 = [
    ...live(report2).map((finding) => renderFinding(finding, report2, paint)),
    ...allowed(report2, paint),
    ...blind(report2, paint),
    ...report2.notes.map((note2) => paint(plain2(note2), "dim")),
    paint(verdict(report2), report2.conclusion)
  ];
  return `${parts2.join("\n\n")}
`;
}
function renderFinding(finding, report2, paint) {
  const { span, severity, rule: rule2, message, remedy, evidence } = finding;
  const costs = [...new Set(evidence.filter(isCost).map(sayCost))];
  const lines = [
    `${paint(`${plain2(span.file)}:${span.line}`, "bold")}  ${paint(severity, severity)}  ${paint(rule2, "dim")}`,
    `  ${plain2(message)}`,
    ...frame(finding, report2).map((line) => paint(`  ${line}`, "dim")),
    ...costs.length > 0 ? [paint(`  Because: ${plain2(costs.join("; "))}`, "dim")] : []
  ];
  if (remedy) {
    lines.push(`  ${plain2(remedy.text)}`);
    remedy.steps.forEach((step, index) => {
      const number = remedy.steps.length > 1 ? `${index + 1}. ` : "";
      lines.push(`    ${number}${plain2(step.title)}`, ...step.sql.split("\n").map((line) => `       ${plain2(line)}`));
    });
  }
  return lines.join("\n");
}
function frame({ span }, report2) {
  const statement2 = report2.migrations.flatMap((m) => m.statements).find((s) => s.span.file === span.file && s.span.line === span.line);
  const lines = (statement2?.sql ?? "").split("\n");
  const shown = lines.slice(0, LONGEST3).map((line, index) => `${String(span.line + index).padStart(5)} | ${plain2(line)}`);
  return lines.length > LONGEST3 ? [...shown, `      | … ${lines.length - LONGEST3} more lines`] : shown;
}
var allowed = (report2, paint) => {
  const used = report2.allowances.filter((allowance2) => allowance2.used);
  if (used.length === 0) return [];
  return [
    [
      paint("Allowed", "bold"),
      ...used.map(({ rule: rule2, reason, span }) => `  ${plain2(span.file)}:${span.line}  ${rule2}: ${plain2(reason)}`)
    ].join("\n")
  ];
};
var blind = (report2, paint) => {
  if (report2.blindSpots.length === 0) return [];
  const where2 = (span) => span ? `${plain2(span.file)}:${span.line}  ` : "";
  return [
    [
      paint("Not analysed", "bold"),
      ...report2.blindSpots.map((spot) => `  ${where2(spot.span)}${plain2(spot.because)}`)
    ].join("\n")
  ];
};

export {
  suggestion,
  OPTIONS,
  loadOptions,
  live,
  bySeverity,
  verdict,
  annotations,
  renderGithub,
  inline,
  renderJson,
  renderMarkdown,
  renderSarif,
  renderText,
  checkout,
  rules,
  ruleIds,
  VERSION,
  run
};
