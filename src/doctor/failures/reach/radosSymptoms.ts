import type { Symptom } from '../../failure.ts';

/**
 * libvirt says this of a pool whatever is wrong with its login: its user, its key, its capabilities, no login at all, or
 * that no monitor answers. The text behind the colon is whatever errno held last.
 */
export const poolLoginFailed: Symptom = {
  example: 'failed to connect to the RADOS monitor on: 10.0.0.1:6789,: No such file or directory',
  pattern: /failed to connect to the RADOS monitor on:/,
};

/** QEMU says this of a disk when Ceph refuses its login. */
export const diskLoginRefused: Symptom = {
  example: 'error connecting: Permission denied',
  pattern: /error connecting: Permission denied/,
};

/** And this when the key is none, or the name of a monitor is not known. */
export const diskLoginInvalid: Symptom = {
  example: 'error connecting: Invalid argument',
  pattern: /error connecting: Invalid argument/,
};
