import { cephPool } from '../../../../tools/lab/cephCluster.ts';
import type { Lab } from '../../../../tools/lab/lab.ts';

const prefix = 'rb.0.1014.74b0dc51';

/** librbd makes no images of format 1 any more: this writes what one is, its header and its line in the list. */
export async function makeOldImage(lab: Lab, name: string, bytes: number): Promise<void> {
  const header = Buffer.alloc(112);
  header.write('<<< Rados Block Device Image >>>\n', 0);
  header.write(prefix, 40);
  header.write('RBD\0', 64);
  header.write('001.005\0', 68);
  header.writeUInt8(22, 76);
  header.writeBigUInt64LE(BigInt(bytes), 80);
  await put(lab, `${name}.rbd`, header);
  const list = Buffer.alloc(16 + name.length);
  list.writeUInt32LE(1, 4);
  list.writeUInt32LE(name.length, 8);
  list.write(name, 12);
  await put(lab, 'rbd_directory', list);
}

/** Data of the guest, as the image keeps it. */
export async function writeOldData(lab: Lab, text: string): Promise<void> {
  await put(lab, `${prefix}.${'0'.repeat(12)}`, Buffer.from(text.padEnd(512)));
}

async function put(lab: Lab, object: string, data: Buffer): Promise<void> {
  const script = 'base64 -d | rados --pool "$1" put "$2" -';
  await lab.ceph.machine.run(['sh', '-c', script, 'sh', cephPool, object], {
    input: data.toString('base64'),
  });
}
