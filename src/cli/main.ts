#!/usr/bin/env node
import { version } from '../../package.json';
import { useSystemLanguage } from './language.ts';
import { run } from './run.ts';

// Whoever reads the output may have seen enough: `| head`.
process.stdout.on('error', () => {
  process.exit();
});
useSystemLanguage(__dirname, process.env);
void run(process.argv.slice(2), { folder: __dirname, version }).then((exitCode) => {
  process.exitCode = exitCode;
});
