import { createRequire as __createRequire } from 'node:module';import { fileURLToPath as __fileURLToPath } from 'node:url';import { dirname as __parent } from 'node:path';const require = __createRequire(import.meta.url);const __filename = __fileURLToPath(import.meta.url);const __dirname = __parent(__filename);import { setFlagsFromString as __setFlag } from 'node:v8';__setFlag('--no-wasm-dynamic-tiering'),__setFlag('--no-wasm-tier-up')
import {
  OPTIONS,
  annotations,
  bySeverity,
  checkout,
  inline,
  live,
  loadOptions,
  renderJson,
  renderMarkdown,
  renderSarif,
  renderText,
  ruleIds,
  rules,
  run,
  verdict
} from "./chunk-PD54FBOG.js";
import {
  require_tunnel,
  require_undici
} from "./chunk-D46B5VW3.js";
import "./chunk-TCANRZZP.js";
import {
  changedFrom,
  mergeBase,
  obtain,
  parents,
  resolve
} from "./chunk-6CMYOL7B.js";
import {
  Expected,
  git
} from "./chunk-DNFAPNNR.js";
import {
  __toESM
} from "./chunk-EJLDCV5Y.js";

// src/action.ts
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join as join2 } from "node:path";

// src/github/attempt.ts
var statusOf = (error2) => typeof error2 === "object" && error2 !== null && "status" in error2 && typeof error2.status === "number" ? error2.status : null;
var messageOf = (error2) => error2 instanceof Error ? error2.message : String(error2);
var PATIENCE = {
  tries: 4,
  longest: 3e4,
  sleep: (ms) => new Promise((resolve2) => void setTimeout(resolve2, ms))
};
async function attempt(request, patience = {}) {
  const { tries, longest, sleep } = { ...PATIENCE, ...patience };
  let waited = 0;
  for (let count = 1; ; count += 1) {
    try {
      return await request();
    } catch (error2) {
      const wait = pause(error2, count);
      if (wait === null || count >= tries || waited + wait > longest) throw error2;
      waited += wait;
      await sleep(wait);
    }
  }
}
function pause(error2, count) {
  const status = statusOf(error2);
  const asked = Number(header(error2, "retry-after") ?? NaN);
  const limited = status === 403 && (!Number.isNaN(asked) || /secondary rate limit|abuse/i.test(messageOf(error2)));
  const passing = limited || status === 429 || status !== null && status >= 500 || status === null && isNetwork(error2);
  if (!passing) return null;
  return Number.isNaN(asked) ? 500 * 2 ** count : asked * 1e3;
}
var isNetwork = (error2) => error2 instanceof TypeError && error2.message.includes("fetch failed");
function header(error2, name) {
  const response = error2?.response;
  const value = response?.headers?.[name];
  return typeof value === "string" || typeof value === "number" ? String(value) : null;
}

// src/github/changed-files.ts
var MOST = 3e3;
var STATUSES = {
  added: "added",
  copied: "added",
  modified: "modified",
  changed: "modified",
  unchanged: "modified",
  renamed: "renamed",
  removed: "removed"
};
async function changedFiles(client2, { owner, repo, number: pull_number }) {
  if (pull_number === null) return null;
  const files = [];
  for (let page = 1; ; page += 1) {
    const { data } = await attempt(
      () => client2.rest.pulls.listFiles({ owner, repo, pull_number, per_page: 100, page })
    );
    for (const { filename, status, previous_filename } of data)
      files.push({
        path: filename,
        status: STATUSES[status],
        ...status === "renamed" && previous_filename !== void 0 ? { previous: previous_filename } : {}
      });
    if (files.length >= MOST) return null;
    if (data.length < 100) return files;
  }
}

// src/github/client.ts
async function client(token) {
  const github = await import("./github-X7HGRSBX.js");
  return github.getOctokit(token, { log: SILENT });
}
var nothing = () => void 0;
var SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };

// src/github/event.ts
var isObject = (value) => typeof value === "object" && value !== null;
var at = (value, ...path) => path.reduce((found, key) => isObject(found) ? found[key] : void 0, value);
var text = (value, ...path) => {
  const found = at(value, ...path);
  return typeof found === "string" && found !== "" ? found : null;
};
var branch = (ref) => ref.replace(/^refs\/heads\//, "");
var commit = (sha) => sha === null || /^0+$/.test(sha) ? null : sha;
function pullRequest(payload) {
  const number = at(payload, "pull_request", "number");
  const ref = text(payload, "pull_request", "base", "ref");
  if (typeof number !== "number" || ref === null) throw new Expected("The event has no pull request in it.");
  const from = text(payload, "pull_request", "head", "repo", "full_name");
  const dependabot = text(payload, "pull_request", "user", "login") === "dependabot[bot]";
  return {
    number,
    head: commit(text(payload, "pull_request", "head", "sha")),
    base: { kind: "branch", ref, tip: commit(text(payload, "pull_request", "base", "sha")) },
    readOnly: dependabot || from !== text(payload, "pull_request", "base", "repo", "full_name")
  };
}
function mergeGroup(payload) {
  const sha = commit(text(payload, "merge_group", "base_sha"));
  const head = commit(text(payload, "merge_group", "head_sha"));
  const ref = text(payload, "merge_group", "base_ref");
  if (sha === null || head === null || ref === null) throw new Expected("The event has no merge group in it.");
  return { number: null, head, base: { kind: "commit", sha, ref: branch(ref) }, readOnly: false };
}
function push(payload) {
  const ref = defaultBranch(payload);
  const before2 = commit(text(payload, "before"));
  return {
    number: null,
    // The newest commit of a pushed tag is not what the payload calls `after`.
    head: null,
    base: before2 === null ? { kind: "branch", ref, tip: null } : { kind: "commit", sha: before2, ref },
    readOnly: false
  };
}
var byHand = (payload) => ({
  number: null,
  head: null,
  base: { kind: "branch", ref: defaultBranch(payload), tip: null },
  readOnly: false
});
var defaultBranch = (payload) => text(payload, "repository", "default_branch") ?? "main";
var EVENTS = /* @__PURE__ */ new Map([
  ["pull_request", pullRequest],
  ["pull_request_target", pullRequest],
  ["merge_group", mergeGroup],
  ["push", push],
  ["workflow_dispatch", byHand],
  ["schedule", byHand]
]);
function readEvent(name, payload, repository) {
  const about = EVENTS.get(name);
  if (!about)
    throw new Expected(`The event ${JSON.stringify(name)} names no change to judge.`, {
      hint: `Run on one of ${[...EVENTS.keys()].join(", ")}.`
    });
  const [owner = "", repo = ""] = repository.split("/");
  return { owner, repo, ...about(payload) };
}

// src/github/log.ts
import { randomUUID as randomUUID2 } from "node:crypto";

// node_modules/@actions/core/lib/command.js
import * as os from "os";

// node_modules/@actions/core/lib/utils.js
function toCommandValue(input) {
  if (input === null || input === void 0) {
    return "";
  } else if (typeof input === "string" || input instanceof String) {
    return input;
  }
  return JSON.stringify(input);
}
function toCommandProperties(annotationProperties) {
  if (!Object.keys(annotationProperties).length) {
    return {};
  }
  return {
    title: annotationProperties.title,
    file: annotationProperties.file,
    line: annotationProperties.startLine,
    endLine: annotationProperties.endLine,
    col: annotationProperties.startColumn,
    endColumn: annotationProperties.endColumn
  };
}

// node_modules/@actions/core/lib/command.js
function issueCommand(command, properties, message) {
  const cmd = new Command(command, properties, message);
  process.stdout.write(cmd.toString() + os.EOL);
}
var CMD_STRING = "::";
var Command = class {
  constructor(command, properties, message) {
    if (!command) {
      command = "missing.command";
    }
    this.command = command;
    this.properties = properties;
    this.message = message;
  }
  toString() {
    let cmdStr = CMD_STRING + this.command;
    if (this.properties && Object.keys(this.properties).length > 0) {
      cmdStr += " ";
      let first = true;
      for (const key in this.properties) {
        if (this.properties.hasOwnProperty(key)) {
          const val = this.properties[key];
          if (val) {
            if (first) {
              first = false;
            } else {
              cmdStr += ",";
            }
            cmdStr += `${key}=${escapeProperty(val)}`;
          }
        }
      }
    }
    cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
    return cmdStr;
  }
};
function escapeData(s) {
  return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}
function escapeProperty(s) {
  return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A").replace(/:/g, "%3A").replace(/,/g, "%2C");
}

// node_modules/@actions/core/lib/file-command.js
import * as crypto from "crypto";
import * as fs from "fs";
import * as os2 from "os";
function issueFileCommand(command, message) {
  const filePath = process.env[`GITHUB_${command}`];
  if (!filePath) {
    throw new Error(`Unable to find environment variable for file command ${command}`);
  }
  if (!fs.existsSync(filePath)) {
    throw new Error(`Missing file at path: ${filePath}`);
  }
  fs.appendFileSync(filePath, `${toCommandValue(message)}${os2.EOL}`, {
    encoding: "utf8"
  });
}
function prepareKeyValueMessage(key, value) {
  const delimiter = `ghadelimiter_${crypto.randomUUID()}`;
  const convertedValue = toCommandValue(value);
  if (key.includes(delimiter)) {
    throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
  }
  if (convertedValue.includes(delimiter)) {
    throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
  }
  return `${key}<<${delimiter}${os2.EOL}${convertedValue}${os2.EOL}${delimiter}`;
}

// node_modules/@actions/core/lib/core.js
import * as os4 from "os";

// node_modules/@actions/http-client/lib/index.js
var tunnel = __toESM(require_tunnel(), 1);
var import_undici = __toESM(require_undici(), 1);
var HttpCodes;
(function(HttpCodes2) {
  HttpCodes2[HttpCodes2["OK"] = 200] = "OK";
  HttpCodes2[HttpCodes2["MultipleChoices"] = 300] = "MultipleChoices";
  HttpCodes2[HttpCodes2["MovedPermanently"] = 301] = "MovedPermanently";
  HttpCodes2[HttpCodes2["ResourceMoved"] = 302] = "ResourceMoved";
  HttpCodes2[HttpCodes2["SeeOther"] = 303] = "SeeOther";
  HttpCodes2[HttpCodes2["NotModified"] = 304] = "NotModified";
  HttpCodes2[HttpCodes2["UseProxy"] = 305] = "UseProxy";
  HttpCodes2[HttpCodes2["SwitchProxy"] = 306] = "SwitchProxy";
  HttpCodes2[HttpCodes2["TemporaryRedirect"] = 307] = "TemporaryRedirect";
  HttpCodes2[HttpCodes2["PermanentRedirect"] = 308] = "PermanentRedirect";
  HttpCodes2[HttpCodes2["BadRequest"] = 400] = "BadRequest";
  HttpCodes2[HttpCodes2["Unauthorized"] = 401] = "Unauthorized";
  HttpCodes2[HttpCodes2["PaymentRequired"] = 402] = "PaymentRequired";
  HttpCodes2[HttpCodes2["Forbidden"] = 403] = "Forbidden";
  HttpCodes2[HttpCodes2["NotFound"] = 404] = "NotFound";
  HttpCodes2[HttpCodes2["MethodNotAllowed"] = 405] = "MethodNotAllowed";
  HttpCodes2[HttpCodes2["NotAcceptable"] = 406] = "NotAcceptable";
  HttpCodes2[HttpCodes2["ProxyAuthenticationRequired"] = 407] = "ProxyAuthenticationRequired";
  HttpCodes2[HttpCodes2["RequestTimeout"] = 408] = "RequestTimeout";
  HttpCodes2[HttpCodes2["Conflict"] = 409] = "Conflict";
  HttpCodes2[HttpCodes2["Gone"] = 410] = "Gone";
  HttpCodes2[HttpCodes2["TooManyRequests"] = 429] = "TooManyRequests";
  HttpCodes2[HttpCodes2["InternalServerError"] = 500] = "InternalServerError";
  HttpCodes2[HttpCodes2["NotImplemented"] = 501] = "NotImplemented";
  HttpCodes2[HttpCodes2["BadGateway"] = 502] = "BadGateway";
  HttpCodes2[HttpCodes2["ServiceUnavailable"] = 503] = "ServiceUnavailable";
  HttpCodes2[HttpCodes2["GatewayTimeout"] = 504] = "GatewayTimeout";
})(HttpCodes || (HttpCodes = {}));
var Headers;
(function(Headers2) {
  Headers2["Accept"] = "accept";
  Headers2["ContentType"] = "content-type";
})(Headers || (Headers = {}));
var MediaTypes;
(function(MediaTypes2) {
  MediaTypes2["ApplicationJson"] = "application/json";
})(MediaTypes || (MediaTypes = {}));
var HttpRedirectCodes = [
  HttpCodes.MovedPermanently,
  HttpCodes.ResourceMoved,
  HttpCodes.SeeOther,
  HttpCodes.TemporaryRedirect,
  HttpCodes.PermanentRedirect
];
var HttpResponseRetryCodes = [
  HttpCodes.BadGateway,
  HttpCodes.ServiceUnavailable,
  HttpCodes.GatewayTimeout
];

// node_modules/@actions/core/lib/summary.js
import { EOL as EOL3 } from "os";
import { constants, promises } from "fs";
var __awaiter = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
var { access, appendFile, writeFile } = promises;
var SUMMARY_ENV_VAR = "GITHUB_STEP_SUMMARY";
var Summary = class {
  constructor() {
    this._buffer = "";
  }
  /**
   * Finds the summary file path from the environment, rejects if env var is not found or file does not exist
   * Also checks r/w permissions.
   *
   * @returns step summary file path
   */
  filePath() {
    return __awaiter(this, void 0, void 0, function* () {
      if (this._filePath) {
        return this._filePath;
      }
      const pathFromEnv = process.env[SUMMARY_ENV_VAR];
      if (!pathFromEnv) {
        throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
      }
      try {
        yield access(pathFromEnv, constants.R_OK | constants.W_OK);
      } catch (_a) {
        throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
      }
      this._filePath = pathFromEnv;
      return this._filePath;
    });
  }
  /**
   * Wraps content in an HTML tag, adding any HTML attributes
   *
   * @param {string} tag HTML tag to wrap
   * @param {string | null} content content within the tag
   * @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
   *
   * @returns {string} content wrapped in HTML element
   */
  wrap(tag, content, attrs = {}) {
    const htmlAttrs = Object.entries(attrs).map(([key, value]) => ` ${key}="${value}"`).join("");
    if (!content) {
      return `<${tag}${htmlAttrs}>`;
    }
    return `<${tag}${htmlAttrs}>${content}</${tag}>`;
  }
  /**
   * Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
   *
   * @param {SummaryWriteOptions} [options] (optional) options for write operation
   *
   * @returns {Promise<Summary>} summary instance
   */
  write(options) {
    return __awaiter(this, void 0, void 0, function* () {
      const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
      const filePath = yield this.filePath();
      const writeFunc = overwrite ? writeFile : appendFile;
      yield writeFunc(filePath, this._buffer, { encoding: "utf8" });
      return this.emptyBuffer();
    });
  }
  /**
   * Clears the summary buffer and wipes the summary file
   *
   * @returns {Summary} summary instance
   */
  clear() {
    return __awaiter(this, void 0, void 0, function* () {
      return this.emptyBuffer().write({ overwrite: true });
    });
  }
  /**
   * Returns the current summary buffer as a string
   *
   * @returns {string} string of summary buffer
   */
  stringify() {
    return this._buffer;
  }
  /**
   * If the summary buffer is empty
   *
   * @returns {boolen} true if the buffer is empty
   */
  isEmptyBuffer() {
    return this._buffer.length === 0;
  }
  /**
   * Resets the summary buffer without writing to summary file
   *
   * @returns {Summary} summary instance
   */
  emptyBuffer() {
    this._buffer = "";
    return this;
  }
  /**
   * Adds raw text to the summary buffer
   *
   * @param {string} text content to add
   * @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
   *
   * @returns {Summary} summary instance
   */
  addRaw(text2, addEOL = false) {
    this._buffer += text2;
    return addEOL ? this.addEOL() : this;
  }
  /**
   * Adds the operating system-specific end-of-line marker to the buffer
   *
   * @returns {Summary} summary instance
   */
  addEOL() {
    return this.addRaw(EOL3);
  }
  /**
   * Adds an HTML codeblock to the summary buffer
   *
   * @param {string} code content to render within fenced code block
   * @param {string} lang (optional) language to syntax highlight code
   *
   * @returns {Summary} summary instance
   */
  addCodeBlock(code, lang) {
    const attrs = Object.assign({}, lang && { lang });
    const element = this.wrap("pre", this.wrap("code", code), attrs);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML list to the summary buffer
   *
   * @param {string[]} items list of items to render
   * @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
   *
   * @returns {Summary} summary instance
   */
  addList(items, ordered = false) {
    const tag = ordered ? "ol" : "ul";
    const listItems = items.map((item) => this.wrap("li", item)).join("");
    const element = this.wrap(tag, listItems);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML table to the summary buffer
   *
   * @param {SummaryTableCell[]} rows table rows
   *
   * @returns {Summary} summary instance
   */
  addTable(rows) {
    const tableBody = rows.map((row) => {
      const cells = row.map((cell) => {
        if (typeof cell === "string") {
          return this.wrap("td", cell);
        }
        const { header: header2, data, colspan, rowspan } = cell;
        const tag = header2 ? "th" : "td";
        const attrs = Object.assign(Object.assign({}, colspan && { colspan }), rowspan && { rowspan });
        return this.wrap(tag, data, attrs);
      }).join("");
      return this.wrap("tr", cells);
    }).join("");
    const element = this.wrap("table", tableBody);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds a collapsable HTML details element to the summary buffer
   *
   * @param {string} label text for the closed state
   * @param {string} content collapsable content
   *
   * @returns {Summary} summary instance
   */
  addDetails(label, content) {
    const element = this.wrap("details", this.wrap("summary", label) + content);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML image tag to the summary buffer
   *
   * @param {string} src path to the image you to embed
   * @param {string} alt text description of the image
   * @param {SummaryImageOptions} options (optional) addition image attributes
   *
   * @returns {Summary} summary instance
   */
  addImage(src, alt, options) {
    const { width, height } = options || {};
    const attrs = Object.assign(Object.assign({}, width && { width }), height && { height });
    const element = this.wrap("img", null, Object.assign({ src, alt }, attrs));
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML section heading element
   *
   * @param {string} text heading text
   * @param {number | string} [level=1] (optional) the heading level, default: 1
   *
   * @returns {Summary} summary instance
   */
  addHeading(text2, level) {
    const tag = `h${level}`;
    const allowedTag = ["h1", "h2", "h3", "h4", "h5", "h6"].includes(tag) ? tag : "h1";
    const element = this.wrap(allowedTag, text2);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML thematic break (<hr>) to the summary buffer
   *
   * @returns {Summary} summary instance
   */
  addSeparator() {
    const element = this.wrap("hr", null);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML line break (<br>) to the summary buffer
   *
   * @returns {Summary} summary instance
   */
  addBreak() {
    const element = this.wrap("br", null);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML blockquote to the summary buffer
   *
   * @param {string} text quote text
   * @param {string} cite (optional) citation url
   *
   * @returns {Summary} summary instance
   */
  addQuote(text2, cite) {
    const attrs = Object.assign({}, cite && { cite });
    const element = this.wrap("blockquote", text2, attrs);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML anchor tag to the summary buffer
   *
   * @param {string} text link text/content
   * @param {string} href hyperlink
   *
   * @returns {Summary} summary instance
   */
  addLink(text2, href) {
    const element = this.wrap("a", text2, { href });
    return this.addRaw(element).addEOL();
  }
};
var _summary = new Summary();

// node_modules/@actions/core/lib/platform.js
import os3 from "os";
var platform = os3.platform();
var arch = os3.arch();

// node_modules/@actions/core/lib/core.js
var ExitCode;
(function(ExitCode2) {
  ExitCode2[ExitCode2["Success"] = 0] = "Success";
  ExitCode2[ExitCode2["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
function setSecret(secret) {
  issueCommand("add-mask", {}, secret);
}
function getInput(name, options) {
  const val = process.env[`INPUT_${name.replace(/ /g, "_").toUpperCase()}`] || "";
  if (options && options.required && !val) {
    throw new Error(`Input required and not supplied: ${name}`);
  }
  if (options && options.trimWhitespace === false) {
    return val;
  }
  return val.trim();
}
function setOutput(name, value) {
  const filePath = process.env["GITHUB_OUTPUT"] || "";
  if (filePath) {
    return issueFileCommand("OUTPUT", prepareKeyValueMessage(name, value));
  }
  process.stdout.write(os4.EOL);
  issueCommand("set-output", { name }, toCommandValue(value));
}
function setFailed(message) {
  process.exitCode = ExitCode.Failure;
  error(message);
}
function error(message, properties = {}) {
  issueCommand("error", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function warning(message, properties = {}) {
  issueCommand("warning", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function notice(message, properties = {}) {
  issueCommand("notice", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function info(message) {
  process.stdout.write(message + os4.EOL);
}

// src/github/log.ts
function log(text2) {
  const token = randomUUID2();
  info(`::stop-commands::${token}
${text2.trimEnd()}
::${token}::`);
}
var fail = (message) => setFailed(message.slice(0, 4e3).replaceAll("##[", "##​["));
var readInputs = (names) => new Map(names.map((name) => [name, getInput(name)]).filter(([, value]) => value !== ""));
var hide = (secret) => setSecret(secret);

// src/github/outputs.ts
function setOutputs(values) {
  for (const [name, value] of Object.entries(values)) setOutput(name, value);
}

// src/github/publish.ts
import { writeFile as writeFile2 } from "node:fs/promises";
import { join } from "node:path";

// src/github/annotate.ts
var MOST2 = 10;
var LONGEST = 4e3;
var SAY = { error, warning, notice };
function annotate(all, spare) {
  for (const level of ["error", "warning", "notice"]) {
    const own = all.filter((annotation) => annotation.level === level);
    const most = MOST2 - spare[level];
    const shown = own.length > most ? own.slice(0, most - 1) : own;
    for (const { title, message, file, line, endLine } of shown)
      SAY[level](harmless(message).slice(0, LONGEST), { title: harmless(title), file, startLine: line, endLine });
    if (shown.length < own.length)
      SAY[level](`${own.length - shown.length} more like these are in the job summary.`, { title: "Migration Gate" });
  }
}
var harmless = (text2) => text2.replaceAll("##[", "##​[");

// src/github/comment.ts
import { createHash } from "node:crypto";
var LIMITS = [65e3, 2e4];
async function comment(client2, given) {
  try {
    const mark = markOf(given.identity);
    const own = await find(client2, given, mark);
    if (own === null && !given.create) return { done: "nothing" };
    return await write(client2, given, { mark, own });
  } catch (error2) {
    return { done: "refused", because: reason(error2) };
  }
}
var markOf = (identity) => `<!-- migration-gate ${createHash("sha256").update(identity).digest("hex").slice(0, 16)} -->`;
async function find(client2, { owner, repo, number }, mark) {
  for (let page = 1; ; page += 1) {
    const { data } = await attempt(
      () => client2.rest.issues.listComments({ owner, repo, issue_number: number, per_page: 100, page })
    );
    for (const { id, body, user } of data)
      if (body?.startsWith(mark) === true && (user?.type === "Bot" || await isOwn(client2, user?.login)))
        return { id, body };
    if (data.length < 100) return null;
  }
}
async function isOwn(client2, login) {
  try {
    return (await client2.rest.users.getAuthenticated()).data.login === login;
  } catch {
    return false;
  }
}
async function write(client2, { owner, repo, number, body }, { mark, own }) {
  for (const limit of LIMITS) {
    const text2 = `${mark}
${body(limit - mark.length - 1)}`;
    try {
      if (own === null)
        await attempt(() => client2.rest.issues.createComment({ owner, repo, issue_number: number, body: text2 }));
      else if (own.body !== text2)
        await attempt(() => client2.rest.issues.updateComment({ owner, repo, comment_id: own.id, body: text2 }));
      return { done: own === null ? "created" : "updated" };
    } catch (error2) {
      if (statusOf(error2) !== 422 || limit === LIMITS.at(-1)) throw error2;
    }
  }
  return { done: "nothing" };
}
function reason(error2) {
  const status = statusOf(error2);
  const said = `GitHub answered ${status ?? "nothing"}: ${messageOf(error2).split("\n", 1)[0] ?? ""}`;
  if (status !== 403 && status !== 404) return said;
  const response = error2.response;
  const needed = response?.headers?.["x-accepted-github-permissions"];
  const hint = typeof needed === "string" ? needed.replace("=", ": ") : "pull-requests: write";
  return `the token may not write it (${said}). The job needs \`permissions: ${hint}\`; runs from forks and by Dependabot never get it`;
}

// src/github/summary.ts
import { appendFile as appendFile2 } from "node:fs/promises";
var SUMMARY_LIMIT = 1e6;
async function summarize(markdown, file = process.env.GITHUB_STEP_SUMMARY) {
  if (file === void 0 || file === "") return false;
  return appendFile2(file, markdown).then(
    () => true,
    () => false
  );
}

// src/github/publish.ts
async function publish(report, place) {
  log(renderText(report));
  const files = {
    report: join(place.folder, "migration-gate.json"),
    sarif: join(place.folder, "migration-gate.sarif")
  };
  await writeFile2(files.report, renderJson(report));
  await writeFile2(files.sarif, renderSarif(report, place.rules));
  const { error: error2, warning: warning2, notice: notice2 } = bySeverity(report);
  setOutputs({
    conclusion: report.conclusion,
    errors: error2,
    warnings: warning2,
    notices: notice2,
    "blind-spots": report.blindSpots.length,
    migrations: report.migrations.length,
    ...files
  });
  annotate(annotations(report), { error: 1, warning: 0, notice: 1 });
  await summarize(renderMarkdown(report, { limit: SUMMARY_LIMIT }));
  await remark(report, place);
  if (report.conclusion === "fail") fail(verdict(report));
}
async function retract(because, { event, client: client2, identity }) {
  const { number, owner, repo } = event;
  if (number === null || client2 === null) return;
  const body = () => `### ⛔ Migration Gate could not judge this change

${inline(because).slice(0, 2e3)}
`;
  await comment(client2, { owner, repo, number, identity, body, create: false });
}
async function remark(report, { event, client: client2, when, identity }) {
  const { number, owner, repo } = event;
  if (number === null || when === "never") return;
  const published = client2 ? await comment(client2, {
    owner,
    repo,
    number,
    identity,
    body: (limit) => renderMarkdown(report, { limit }),
    create: when === "always" || live(report).length > 0 || report.blindSpots.length > 0
  }) : { done: "refused", because: "there is no github-token" };
  if (published.done === "refused")
    notice(`The pull request has no comment: ${published.because}. The verdict is not affected.`, {
      title: "Migration Gate"
    });
}

// src/repo/changed-by.ts
var EMPTY = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
async function changedBy(root, { head, base }) {
  const here = await resolve(root, "HEAD").catch(() => null);
  if (here === null) return null;
  if (head !== null && here !== head) {
    const [first, second] = await parents(root);
    if (first === void 0 || second !== head)
      throw new Expected("What is checked out is not the change that the event is about.", {
        hint: "Use actions/checkout without `ref` on `pull_request`; on `pull_request_target` it checks out the base branch, where there is nothing to judge."
      });
    return await obtain(root, first) ? await changedFrom(root, first) : null;
  }
  const from = await start(root, base);
  if (from === null) return null;
  return await changedFrom(root, from === here ? await before(root) : from);
}
async function start(root, base) {
  if (base.kind === "commit" && await obtain(root, base.sha)) return base.sha;
  const tip = await fetchBranch(root, base.ref) ?? (base.kind === "branch" ? base.tip : null);
  return tip !== null && await obtain(root, tip) ? await mergeBase(root, tip) : null;
}
async function fetchBranch(root, ref) {
  const remote = `refs/remotes/origin/${ref}`;
  const shallow = await git(root, ["rev-parse", "--is-shallow-repository"]);
  const depth = shallow.stdout.toString("utf8").trim() === "true" ? ["--depth=1"] : [];
  const spec = `+refs/heads/${ref}:${remote}`;
  await git(root, ["fetch", "--no-tags", "--no-recurse-submodules", ...depth, "origin", spec]);
  return await resolve(root, remote);
}
async function before(root) {
  const [first] = await parents(root);
  return first !== void 0 && await obtain(root, first) ? first : EMPTY;
}

// src/action.ts
try {
  await main(process.env);
} catch (error2) {
  setOutputs({ conclusion: "could-not-judge" });
  if (error2 instanceof Expected)
    fail(`Migration Gate could not judge: ${error2.message}${error2.hint === null ? "" : `
${error2.hint}`}`);
  else
    fail(`This is a bug in Migration Gate: ${error2 instanceof Error ? error2.stack ?? error2.message : String(error2)}`);
}
async function main(env) {
  const root = env.GITHUB_WORKSPACE ?? process.cwd();
  const inputs = readInputs(namesOf("input"));
  const token = inputs.get("github-token") ?? null;
  if (token !== null) hide(token);
  const config = inputs.get("config");
  const path = config ?? OPTIONS.config.default;
  const text2 = await readFile(join2(root, path), "utf8").catch(() => null);
  if (text2 === null && config !== void 0 && config !== OPTIONS.config.default)
    throw new Expected(`The configuration file ${JSON.stringify(path)} cannot be read.`);
  const options = await loadOptions({ inputs, flags: /* @__PURE__ */ new Map(), file: text2 === null ? null : { path, text: text2 }, ruleIds });
  const payload = JSON.parse(await readFile(env.GITHUB_EVENT_PATH ?? "", "utf8"));
  const event = readEvent(env.GITHUB_EVENT_NAME ?? "", payload, env.GITHUB_REPOSITORY ?? "");
  const github = token !== null && event.number !== null ? await client(token) : null;
  const place = { event, client: github, identity: [env.GITHUB_WORKFLOW, env.GITHUB_JOB, env.GITHUB_ACTION].join("/") };
  try {
    const changed = await changedOf(event, root, github);
    const report = await run({ repo: await checkout(root), changed, options, mode: "pull-request" });
    await publish(report, { ...place, when: options.comment, folder: env.RUNNER_TEMP ?? tmpdir(), rules });
  } catch (error2) {
    await retract(error2 instanceof Error ? error2.message : String(error2), place);
    throw error2;
  }
}
async function changedOf(event, root, github) {
  const found = await changedBy(root, event) ?? (github && await changedFiles(github, event));
  if (found) return found;
  throw new Expected("What changed is not known: the checkout lacks the base, and GitHub does not list it.", {
    hint: "Check out with `fetch-depth: 0`."
  });
}
function namesOf(place) {
  return Object.entries(OPTIONS).flatMap(
    ([name, spec]) => spec.places.includes(place) ? [name] : []
  );
}
