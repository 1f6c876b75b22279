import assert from 'node:assert/strict';
import { checkRules } from '../../../src/rules/check.ts';
import { scan } from '../../../src/xml/scanner/scan.ts';
import { domain, host, poolXml, rbdDisk } from './samples.ts';

const open = domain(rbdDisk({ auth: '' }), rbdDisk({ auth: '', image: 'vms/b', target: 'vdb' }));

function idsAndPlaces(text: string): readonly string[] {
  return checkRules(scan(text), undefined).map(
    ({ ruleId, range }) => `${ruleId}@${text.slice(0, range.start).split('\n').length}`,
  );
}

describe('checkRules', () => {
  it('finds nothing in what is as it should be', () => {
    assert.deepEqual(checkRules(scan(domain(rbdDisk())), host()), []);
    assert.deepEqual(checkRules(scan(poolXml()), host()), []);
  });

  it('leaves out a rule that is switched off, and gives another the severity that is set', () => {
    const document = scan(open);
    assert.deepEqual(checkRules(document, undefined, new Map([['rbd-disk-without-auth', 'off']])), []);
    const findings = checkRules(document, undefined, new Map([['rbd-disk-without-auth', 'error']]));
    assert.deepEqual(
      findings.map(({ severity }) => severity),
      ['error', 'error'],
    );
  });

  it('leaves out what a comment switches off for the element that follows', () => {
    assert.deepEqual(idsAndPlaces(open), ['rbd-disk-without-auth@6', 'rbd-disk-without-auth@14']);
    const comment = '<!-- libvirt-lint disable rbd-disk-without-auth -->';
    assert.deepEqual(idsAndPlaces(open.replace('    <disk', `    ${comment}\n    <disk`)), [
      'rbd-disk-without-auth@15',
    ]);
  });

  it('leaves out what a comment before the root switches off', () => {
    for (const comment of [
      '<!-- libvirt-lint disable rbd-disk-without-auth -->',
      '<!--libvirt-lint  disable\n  client-prefix,rbd-disk-without-auth-->',
      '<!-- libvirt-lint: disable: rbd-disk-without-auth -->',
    ]) {
      assert.deepEqual(idsAndPlaces(`<?xml version='1.0'?>\n${comment}\n${open}`), [], comment);
    }
  });

  it('is not moved by other comments', () => {
    for (const comment of [
      '<!-- rbd-disk-without-auth -->',
      '<!-- libvirt-lint disabled rbd-disk-without-auth -->',
      '<!-- libvirt-lint disable client-prefix -->',
      '<!-- to do: libvirt-lint disable rbd-disk-without-auth -->',
    ]) {
      assert.equal(idsAndPlaces(`${comment}\n${open}`).length, 2, comment);
    }
    assert.equal(
      idsAndPlaces(
        open.replace('</devices>', '<!-- libvirt-lint disable rbd-disk-without-auth --></devices>'),
      ).length,
      2,
    );
  });

  it('says nothing about elements that are damaged or in a damaged one', () => {
    const disk = rbdDisk({ auth: '' });
    assert.deepEqual(idsAndPlaces(domain(disk.replace('</disk>', ''))), []);
    assert.deepEqual(idsAndPlaces(domain(disk.replace('</source>', ''))), []);
    assert.deepEqual(idsAndPlaces(poolXml({ auth: '' }).replace('</pool>', '')), []);
    assert.deepEqual(idsAndPlaces(domain(disk).replace('</devices>\n</domain>', '')), [
      'rbd-disk-without-auth@6',
    ]);
  });

  it('says nothing about what others keep in <metadata>', () => {
    const kept = `<metadata><x:copy xmlns:x='urn:x' xmlns=''>${open}</x:copy></metadata>`;
    assert.deepEqual(idsAndPlaces(`<domain>${kept}</domain>`), []);
  });

  it('has an answer to every beginning of a document, and to every one that lacks a character', () => {
    const documents = [
      domain(rbdDisk({ auth: '' }), `<disk type='file'><source file='rbd:a/b:id=c'/></disk>`),
      poolXml({ auth: `<auth type='chap'><secret/></auth>` }),
      `<!-- libvirt-lint disable x --><secret ephemeral='yes'><usage type='ceph'/></secret>`,
    ];
    for (const text of documents) {
      for (let end = 0; end < text.length; end++) {
        checkRules(scan(text.slice(0, end)), host());
        checkRules(scan(text.slice(0, end) + text.slice(end + 1)), host());
      }
    }
  });
});
