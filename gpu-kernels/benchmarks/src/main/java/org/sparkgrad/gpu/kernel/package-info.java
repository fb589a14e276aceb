/** What the shapes of kernels mean for a card, by models. */
@NullMarked
package org.sparkgrad.gpu.kernel;

import org.jspecify.annotations.NullMarked;
