#!/usr/bin/env node
import { createRequire as __createRequire } from 'node:module';import { fileURLToPath as __fileURLToPath } from 'node:url';import { dirname as __parent } from 'node:path';const require = __createRequire(import.meta.url);const __filename = __fileURLToPath(import.meta.url);const __dirname = __parent(__filename);import { setFlagsFromString as __setFlag } from 'node:v8';__setFlag('--no-wasm-dynamic-tiering'),__setFlag('--no-wasm-tier-up');process.versions.v8.startsWith('11.')&&__setFlag('--interrupt-budget=400000')
import{OPTIONS,VERSION,checkout,commands,knownTexts,optionsAt,renderGithub,renderJson,renderMarkdown,renderSarif,renderText,rules,run,suggestion}from"./chunk-ECEFBAQK.js";import{loadParser}from"./chunk-PKPOD6B5.js";import"./chunk-4T466MKR.js";import"./chunk-F7CLQSPE.js";import"./chunk-R3CR6ZZD.js";import"./chunk-O5VVVUWV.js";import{Expected,told}from"./chunk-5Z4YFZOT.js";import"./chunk-Z3KLJ5XH.js";import{writeFile}from"node:fs/promises";async function changeHere(said,root){return{repo:await checkout(root),changed:said.all?[]:await changedOf(said,root),before:async path=>{let from=await baseOf(said,root);return from===null?null:(await import("./text-before-JOF42DUE.js")).textBefore(root,from,path)}}}async function changedOf(said,root){if(said.changed.length>0)return said.changed.map(path=>({path:path.replace(/^\.\//,""),status:"modified"}));let from=await baseOf(said,root);if(from!==null)return(await import("./changed-IWZOQG57.js")).changedSince(root,from);throw new Expected("what changed is not known: this is no git work tree with a default branch",{hint:"Say --base REF, --changed FILE or --all."})}var baseOf=async({base},root)=>base??(await import("./default-base-XQ7WZ6FV.js")).defaultBase(root);import{parseArgs}from"node:util";var OWN={base:{type:"string"},changed:{type:"string",multiple:!0},all:{type:"boolean"},format:{type:"string"},output:{type:"string"},schema:{type:"boolean"},help:{type:"boolean",short:"h"},version:{type:"boolean"}},FORMATS=["text","json","markdown","sarif","github"];function readArguments(argv){let flags=Object.entries(OPTIONS).filter(([,spec])=>spec.places.includes("flag")),table=Object.fromEntries(flags.map(([name,spec])=>[name,{type:"string",multiple:spec.type==="list"}])),known=[...Object.keys(OWN),...Object.keys(table)],{values,positionals}=attempt(()=>parseArgs({args:[...argv],options:{...table,...OWN},allowPositionals:!0}),argv,known),format=values.format??"text";if(!isFormat(format))throw new Expected(`--format must be one of ${FORMATS.join(", ")}; it is "${format}".${suggestion(format,FORMATS)}`);let own=new Set(Object.keys(OWN)),given=Object.entries(values).filter(entry=>!own.has(entry[0])&&entry[1]!==void 0&&typeof entry[1]!="boolean"),[command=null,...operands]=positionals;return{command,operands,base:values.base??null,changed:values.changed??[],all:values.all??!1,format,output:values.output??null,schema:values.schema??!1,help:values.help??!1,version:values.version??!1,given:new Map(given)}}var isFormat=text=>FORMATS.includes(text);function attempt(read,argv,known){try{return read()}catch(cause){let unknown=argv.find(arg=>arg.startsWith("--")&&!known.includes(arg.slice(2).split("=")[0]??"")),message=unknown===void 0?cause instanceof Error?cause.message:String(cause):`${unknown} is not known.${suggestion(unknown.slice(2),known)}`;throw new Expected(message,{hint:"migration-gate --help lists every flag.",cause})}}var flag=(name,spec)=>{let value=spec.type==="enum"?spec.values.join("|"):spec.type==="integer"?`${spec.least}..${spec.most}`:spec.type==="boolean"?"":"TEXT",fallback=spec.default===null||Array.isArray(spec.default)&&spec.default.length===0?"":` (default ${String(spec.default)})`;return`  --${name} ${value}
        ${spec.doc.replaceAll("`","")}${fallback}`},help=()=>`migration-gate: what Postgres migrations lock, rewrite, lose and break, before they are merged.

Usage
  migration-gate check [PATH...]      judge the migrations that this branch changed
  migration-gate check --all          judge every migration, each as its own pull request
  migration-gate explain RULE         what a rule is about, and the safe way

Examples
  migration-gate check --base origin/main
  migration-gate check --changed prisma/migrations/20240601090000_email/migration.sql
  migration-gate check 'db/*.sql' --all --format json --output report.json

What is judged
  PATH...               globs of the migrations, where they are not found by their tool's marks
  --base REF            what changed since the branch left REF (default: the default branch)
  --changed FILE        this file is the change, no git needed; may be repeated
  --all                 every file, on the schema that the files before it left

What comes out
  --format text|json|markdown|sarif|github   (default text)
  --output FILE         write it there instead of to the terminal
  --schema              with what becomes of the schema, also as text

Options
${Object.entries(OPTIONS).filter(([name,spec])=>spec.places.includes("flag")&&name!=="paths").map(([name,spec])=>flag(name,spec)).join(`
`)}

Exit status: 0 the gate passes, 1 it fails, 2 the job could not be done.
A rule is allowed with a comment beside the statement: -- migration-gate: allow RULE: reason
`;function explain(id,rules2){let rule=rules2.find(known=>known.id===id||known.aliases?.includes(id));if(!rule)throw new Expected(`no rule is called "${id}".${suggestion(id,rules2.map(known=>known.id))}`,{hint:"docs/rules.md lists them."});let examples=rule.examples.flatMap(({given,bad,good})=>[`With
${indent(given)}`,`this is found
${indent(bad)}`,...good===null?[]:[`and this is the safe way${good.length>1?`, in ${good.length} migrations`:""}
${good.map(indent).join(`

`)}`]]);return[`${rule.id} (${rule.severity})`,rule.summary,rule.why.trim(),...examples,""].join(`

`)}var indent=sql=>sql.split(`
`).map(line=>`    ${line}`).join(`
`);var RENDERERS={text:(report,{colour,schema})=>renderText(report,{colour,schema}),json:report=>renderJson(report),markdown:report=>renderMarkdown(report,{limit:1/0}),sarif:(report,{rules:rules2})=>renderSarif(report,rules2),github:report=>renderGithub(report)},render=(report,format,taste)=>RENDERERS[format](report,taste);try{process.exitCode=await main(readArguments(process.argv.slice(2)))}catch(error){process.exitCode=2,process.stderr.write(`migration-gate: ${told(error)}
`)}async function main(given){if(given.version)return say(`${VERSION}
`);if(given.help||given.command===null)return say(help(),given.help?0:2);if(given.command==="explain")return say(explain(given.operands[0]??"",rules));if(given.command!=="check")throw new Expected(`"${given.command}" is not a command`,{hint:"It is check or explain."});loadParser();let root=process.cwd(),flags=given.operands.length>0?new Map([...given.given,["paths",given.operands]]):given.given,options=await optionsAt(root,{inputs:new Map,flags}),asked=await commands(root,options),change={...await changeHere(given,root),mode:given.all?"audit":"pull-request"},report=await run({...change,commands:asked,options,progress});return await put(given,report)}async function put({format,output,schema},report){let colour=output===null&&process.stdout.isTTY&&process.env.NO_COLOR===void 0,text=render(report,format,{colour,schema,rules:knownTexts});return output===null?say(text):await writeFile(output,text),report.conclusion==="fail"?1:0}function progress(done,all){process.stderr.isTTY&&all>200&&(done%100===0||done===all)&&process.stderr.write(`\r${done} of ${all} files${done===all?`
`:""}`)}function say(text,code=0){return process.stdout.write(text),code}
