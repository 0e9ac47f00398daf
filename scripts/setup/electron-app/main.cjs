/* global process, require */
/* eslint-disable @typescript-eslint/no-require-imports -- Electron 25 loads no ES module here. */
/**
 * Opens the application folder named on Electron's command line, for a runtime that comes without Electron's own
 * default application: `electron [-r MODULE]... [SWITCHES] FOLDER [ARGUMENTS]`.
 */
const { readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { app } = require('electron');

const modules = [];
let folder;
for (let at = 1; at < process.argv.length && folder === undefined; at += 1) {
  const argument = process.argv[at];
  if (argument === '-r' || argument === '--require') modules.push(process.argv[(at += 1)]);
  else if (!argument.startsWith('-')) folder = argument;
}

// What is required first may take the switches of a debugger or a test runner out of process.argv.
for (const name of modules) require(name);

if (folder === undefined) {
  process.stderr.write('Name the folder of an application.\n');
  app.exit(2);
} else {
  const root = resolve(folder);
  const about = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
  app.setVersion(about.version);
  app.setName(about.productName ?? about.name);
  app.setAppPath(root);
  require(root);
}
