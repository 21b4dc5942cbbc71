import { register } from 'node:module';

/** `node --import ./scripts/typescript.mjs file.ts`: TypeScript on Node 20 and later, types stripped by esbuild. */
register('./typescript-loader.mjs', import.meta.url);
