import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { checkRules } from '../../src/rules/check.ts';
import { scan } from '../../src/xml/scanner/scan.ts';
import { prepared } from './support/prepared.ts';

/** What libvirt writes of a definition that its QEMU driver has accepted. */
const written = /\/(?:qemuxmlconfdata\/.*-latest|qemuxml2xmloutdata\/.*)\.xml$/;

describe('what libvirt itself has written', () => {
  it('has nothing in it that a rule says libvirt refuses', async () => {
    const paths = (await prepared()).flatMap(({ corpus }) =>
      corpus.documents.map(({ path }) => path).filter((path) => written.test(path)),
    );
    assert.ok(paths.length > 1400, `documents are missing: ${paths.length}`);
    const refused: string[] = [];
    for (const path of paths) {
      const findings = checkRules(scan(await readFile(path, 'utf8')), undefined);
      const errors = findings.filter(({ severity }) => severity === 'error');
      refused.push(...errors.map(({ ruleId, message }) => `${path}: ${ruleId}: ${message}`));
    }
    assert.deepEqual(refused, []);
  });
});
