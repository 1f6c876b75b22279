import type { Firmware, OperatingSystem } from './operatingSystems.ts';
import type { DiskSource } from '../storage/diskSource.ts';

/** What a new domain is to be. */
export interface NewDomain {
  readonly name: string;
  readonly system: OperatingSystem;
  readonly machine: NewMachine;
  /** Bytes. */
  readonly memory: number;
  readonly cpus: number;
  readonly disks: readonly NewDisk[];
  readonly network: NewNetwork;
  readonly graphics: Graphics;
  /** Whether Windows gets virtio devices, whose drivers come from a second CD. Other systems bring them or never get them. */
  readonly hasVirtio: boolean;
  /** What the first boot runs in the place of its disks. */
  readonly kernel: KernelBoot | undefined;
}

/** The first boot runs the kernel of an installer that lies on the host. */
export interface KernelBoot {
  readonly path: string;
  readonly initrd: string;
  readonly arguments: string;
}

/** The hardware without its devices. */
export interface NewMachine {
  /** `kvm`, `qemu` */
  readonly virtType: string;
  readonly architecture: string;
  /** `q35`, `virt`; undefined: QEMU's default. */
  readonly type: string | undefined;
  readonly firmware: Firmware;
  /** `host-passthrough`, `host-model`, `maximum`; undefined: QEMU's default. */
  readonly cpuMode: string | undefined;
  readonly hasTpm: boolean;
  /** Which of libvirt's `<hyperv>` features Windows gets. */
  readonly hyperv: readonly string[];
  readonly hasRng: boolean;
  /** `virtio`, `vga` ...; undefined: libvirt's default. */
  readonly video: string | undefined;
}

export interface NewDisk {
  readonly device: 'disk' | 'cdrom';
  /** undefined: an empty drive. */
  readonly source: DiskSource | undefined;
  /** 1 is tried first; undefined is never booted from. */
  readonly bootOrder?: number | undefined;
  readonly isReadOnly?: boolean | undefined;
}

export type NewNetwork =
  | {
      readonly kind: 'network' | 'bridge';
      readonly name: string;
      /** Among the disks and drives, where it is booted from. */
      readonly bootOrder?: number | undefined;
    }
  | { readonly kind: 'none' };

export type Graphics = 'vnc' | 'spice' | 'none';
