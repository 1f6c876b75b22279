import assert from 'node:assert/strict';
import { parseProbe } from '../../../src/hosts/hostProbe.ts';

describe('the probe of a host', () => {
  it('reads what the script prints', () => {
    const output = [
      'user admin',
      'groups admin kvm',
      'runtime /run/user/1000',
      'socket no root:libvirt /run/libvirt/libvirt-sock',
      'socket yes admin:admin /run/user/1000/a folder/libvirt-sock',
      'helper virt-ssh-helper',
      'helper nc',
      'daemon libvirtd',
      'daemon libvirtd',
      'os ubuntu debian',
      '',
    ].join('\n');
    assert.deepEqual(parseProbe(output), {
      user: 'admin',
      groups: ['admin', 'kvm'],
      runtimeDirectory: '/run/user/1000',
      sockets: [
        { path: '/run/libvirt/libvirt-sock', writable: false, owner: 'root:libvirt' },
        { path: '/run/user/1000/a folder/libvirt-sock', writable: true, owner: 'admin:admin' },
      ],
      helpers: ['virt-ssh-helper', 'nc'],
      daemons: ['libvirtd'],
      distributions: ['ubuntu', 'debian'],
    });
  });

  it('takes a host with nothing on it', () => {
    assert.deepEqual(parseProbe('user me\ngroups me\n'), {
      user: 'me',
      groups: ['me'],
      runtimeDirectory: undefined,
      sockets: [],
      helpers: [],
      daemons: [],
      distributions: [],
    });
  });
});
