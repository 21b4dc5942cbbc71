declare module 'libpg-query/wasm/libpg-query.js' {
  interface Module {
    getValue(pointer: number, type: 'i32'): number;
    /** Another array when the memory has grown. */
    readonly HEAPU8: Uint8Array;
    _malloc(bytes: number): number;
    _free(pointer: number): void;
    _wasm_parse_query_raw(text: number): number;
    _wasm_free_parse_result(result: number): void;
    _wasm_parse_plpgsql(text: number): number;
    _wasm_free_string(text: number): void;
  }
  const create: (settings: { print(line: string): void; printErr(line: string): void }) => Promise<Module>;
  export type { Module };
  export default create;
}
