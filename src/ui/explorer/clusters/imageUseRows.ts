import type { ExplorerNode } from '../node.ts';
import type { ImageNode } from './imageNode.ts';

/** The rows below an image that say who uses it: domains whose definition names it, and who has it open. */
export function readImageUseRows(_image: ImageNode): Promise<readonly ExplorerNode[]> {
  return Promise.resolve([]);
}
