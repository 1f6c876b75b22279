import assert from 'node:assert/strict';
import { proposeHostFile, refuseHostPath } from '../../../../src/operations/domains/hostFile.ts';

describe('a file on a host', () => {
  it('is proposed with the name of the domain and the time', () => {
    const now = new Date('2026-11-21T12:05:59Z');
    assert.equal(proposeHostFile('/save', 'web 1', 'save', now), '/save/web 1-20261121-1205.save');
    assert.equal(proposeHostFile('/save', '../a\nb', 'core', now), '/save/.._a_b-20261121-1205.core');
  });

  it('has a full path', () => {
    assert.equal(refuseHostPath("/var/it's $(here).save"), undefined);
    assert.match(refuseHostPath('web1.save') ?? '', /full path/);
    assert.match(refuseHostPath('/var/save/') ?? '', /folder/);
    assert.match(refuseHostPath('/var/a\nb') ?? '', /control/);
  });
});
