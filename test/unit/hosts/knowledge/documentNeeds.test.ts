import assert from 'node:assert/strict';
import { needsOf } from '../../../../src/hosts/knowledge/documentNeeds.ts';
import { scan } from '../../../../src/xml/scanner/scan.ts';

describe('what a document asks of a host', () => {
  it('is the volumes of the pools and the files it names, and what its machine can do', () => {
    const needs = needsOf(
      scan(`<domain type='kvm'>
        <uuid> F7F8C9A6-DD5D-4B09-BDDF-090D797BD4B7 </uuid>
        <os firmware='efi'>
          <type arch='x86_64' machine='q35'>hvm</type>
          <nvram>/nvram/vm.fd</nvram>
        </os>
        <devices>
          <emulator>/usr/bin/qemu-system-x86_64</emulator>
          <disk type='volume'><source pool='images' volume='a'/></disk>
          <disk type='volume'><source pool='images' volume='b'/></disk>
          <disk type='volume'><source pool=''/></disk>
        </devices></domain>`),
    );
    assert.deepEqual(needs, {
      pools: ['images', ''],
      domainKinds: [
        {
          ...{ emulator: '/usr/bin/qemu-system-x86_64', architecture: 'x86_64' },
          ...{ machine: 'q35', virtType: 'kvm' },
        },
      ],
      files: ['/nvram/vm.fd'],
      domainUuid: 'f7f8c9a6-dd5d-4b09-bddf-090d797bd4b7',
    });
  });

  it('is the file of UEFI and its template', () => {
    const { files } = needsOf(
      scan(`<domain type='kvm'><os><loader type='pflash'>/CODE.fd</loader>
        <nvram template='/VARS.fd'>/nvram/vm.fd</nvram></os></domain>`),
    );
    assert.deepEqual(files, ['/nvram/vm.fd', '/VARS.fd']);
  });

  it('leaves open what an unfinished domain does not say', () => {
    const { domainKinds, domainUuid } = needsOf(scan(`<domain type=''><os><type arch=`));
    assert.equal(domainUuid, undefined);
    assert.deepEqual(domainKinds, [
      { emulator: undefined, architecture: undefined, machine: undefined, virtType: undefined },
    ]);
  });

  it('is no machine where the document is no domain', () => {
    const nothing = { pools: [], domainKinds: [], files: [], domainUuid: undefined };
    assert.deepEqual(needsOf(scan('<network/>')), nothing);
    assert.deepEqual(needsOf(scan('')), nothing);
  });
});
