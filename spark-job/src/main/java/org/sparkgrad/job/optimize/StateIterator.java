package org.sparkgrad.job.optimize;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** States, each made from the one before, until one has a reason or time is up. */
final class StateIterator implements Iterator<OptimizerState> {
    private final Deadline deadline;
    private final UnaryOperator<OptimizerState> advance;
    private @Nullable OptimizerState last;
    private @Nullable OptimizerState first;

    StateIterator(OptimizerState first, Deadline deadline, UnaryOperator<OptimizerState> advance) {
        this.first = first;
        this.deadline = deadline;
        this.advance = advance;
    }

    @Override
    public boolean hasNext() {
        return last == null || last.stop() == null;
    }

    @Override
    public OptimizerState next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        OptimizerState next =
                last == null ? java.util.Objects.requireNonNull(first) : deadline.check(advance.apply(last));
        first = null;
        last = next;
        return next;
    }
}
