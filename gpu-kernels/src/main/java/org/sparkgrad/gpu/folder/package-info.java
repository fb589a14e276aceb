/** Folders for native libraries and compiled programs, which no other user can change. Next: {@code cpu}, {@code device}. */
@NullMarked
package org.sparkgrad.gpu.folder;

import org.jspecify.annotations.NullMarked;
