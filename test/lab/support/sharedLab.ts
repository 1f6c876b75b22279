import { startLab, type Lab } from '../../../tools/lab/lab.ts';

let starting: Promise<Lab> | undefined;

/** The lab of all tests of this run: host `kvm1` with its inventory. Started when first asked for, ended after the last test. */
export async function sharedLab(): Promise<Lab> {
  return (starting ??= startLab());
}

after('stop the lab', async () => {
  const lab = await starting?.catch(() => undefined);
  await lab?.stop();
});
