/** Benchmarks of whole trainings; {@code scripts/benchmark.sh} runs them. */
@NullMarked
package org.sparkgrad.job.benchmark;

import org.jspecify.annotations.NullMarked;
