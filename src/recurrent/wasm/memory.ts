/** Memory of `bytes` bytes, aligned to 16, with whatever was there before. Traps where the memory cannot grow so far. */
export function allocate(bytes: usize): usize {
  return heap.alloc(bytes);
}

/** Gives back what {@link allocate} gave. */
export function release(pointer: usize): void {
  heap.free(pointer);
}
