// Preloaded by measure.mjs: leaves the peak memory of the process (KiB) behind when it ends.
import { writeFileSync } from 'node:fs';

process.on('exit', () => writeFileSync(process.env.PEAK_FILE, String(process.resourceUsage().maxRSS)));
