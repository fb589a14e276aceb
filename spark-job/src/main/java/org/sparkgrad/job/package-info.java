/** {@code Trainer}, the flow of a training run as a line a stage; its stages are the packages below. */
@NullMarked
package org.sparkgrad.job;

import org.jspecify.annotations.NullMarked;
