package org.sparkgrad.gpu.engine.opencl;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The plans of recent steps: an epoch of mini-batches uses the same plans as the one before. Plans that were not used for
 * longest go first.
 */
final class StepPlans {
    /** A slice takes some 200 bytes with its lots. */
    private static final int MOST_SLICES = 1 << 16;

    private static final float LOAD = 0.75f;

    private final Map<StepPlan.Request, StepPlan> kept = new LinkedHashMap<>(16, LOAD, true);
    private final int most;
    private long slices;

    StepPlans() {
        this(MOST_SLICES);
    }

    /** @param most the slices of all plans together, unless one plan has more */
    StepPlans(int most) {
        this.most = most;
    }

    /** Returns the plan for a request, made by {@code make} if it is not kept. */
    StepPlan get(StepPlan.Request request, Supplier<StepPlan> make) {
        StepPlan known = kept.get(request);
        if (known == null) {
            known = make.get();
            kept.put(request, known);
            slices += known.slices();
            for (Iterator<StepPlan> oldest = kept.values().iterator(); slices > most && kept.size() > 1; ) {
                slices -= oldest.next().slices();
                oldest.remove();
            }
        }
        return known;
    }

    /** Forgets all. */
    void clear() {
        kept.clear();
        slices = 0;
    }
}
