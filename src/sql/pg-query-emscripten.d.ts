declare module 'pg-query-emscripten/pg_query_wasm.js' {
  interface Module {
    allocate(bytes: Uint8Array, kind: 0): number;
    raw_parse(pointer: number): { readonly error: { readonly message: string } };
    _free(pointer: number): void;
  }
  const create: new (settings: { print(line: string): void; printErr(line: string): void }) => PromiseLike<Module>;
  export default create;
}
