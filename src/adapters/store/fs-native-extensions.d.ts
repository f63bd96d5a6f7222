declare module 'fs-native-extensions' {
  /** Whether the file of this descriptor could be locked for it alone; the lock ends when the descriptor is closed, with its process at the latest. */
  export function tryLock(fd: number): boolean;
}
