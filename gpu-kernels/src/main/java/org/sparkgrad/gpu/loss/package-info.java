/**
 * Losses as functions of (margins, label): value and multipliers. They know nothing of distribution, standardisation
 * and penalties. Next: {@code kernel}.
 */
@NullMarked
package org.sparkgrad.gpu.loss;

import org.jspecify.annotations.NullMarked;
