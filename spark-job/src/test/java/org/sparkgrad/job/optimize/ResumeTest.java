package org.sparkgrad.job.optimize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.loss.LogisticLoss;
import org.sparkgrad.job.TestData;
import org.sparkgrad.job.assemble.Instance;
import org.sparkgrad.job.config.OptimizerSettings;
import org.sparkgrad.job.config.OptimizerSettings.Init;
import org.sparkgrad.job.config.OptimizerSettings.Method;
import org.sparkgrad.job.config.ScheduleSettings;
import org.sparkgrad.job.config.ValidationSettings;

/** Every optimizer, stopped at every place where it can be saved, goes on to the bits of the undisturbed run. */
class ResumeTest {
    private static final int FEATURES = 5;
    private static final List<Instance> DATA = TestData.instances(600, FEATURES, 2, 8);
    private static final List<Instance> HELD_OUT = TestData.instances(100, FEATURES, 2, 9);
    private static final int SLOTS = 5;
    private static final int EPOCHS = 6;
    private static final int STEPS = 14;

    /** What to run. */
    record Case(
            String name,
            Method method,
            double l1Share,
            boolean bounded,
            @Nullable Integer patience) {
        @Override
        public String toString() {
            return name;
        }

        /** Makes the optimizer anew, as another process would. */
        Optimizer optimizer(Objective objective) {
            OptimizerSettings settings = new OptimizerSettings(
                    method,
                    method == Method.LBFGS ? null : method == Method.NADAM ? 0.001 : 0.05,
                    new ScheduleSettings(ScheduleSettings.Kind.COSINE, 0.5, 20, 1, 3),
                    method.isMiniBatch() ? DATA.size() / SLOTS : null,
                    EPOCHS,
                    STEPS,
                    0,
                    null,
                    Init.ZERO,
                    null,
                    ValidationSettings.NONE,
                    3);
            DataProfile data = PlainData.profile(new LogisticLoss(), DATA.size(), FEATURES);
            Optimizer optimizer = bounded
                    ? Optimizers.within(bounds(), settings, objective, new OptimalityCheck(objective, data, bounds()))
                    : Optimizers.of(settings, objective, data, new OptimalityCheck(objective, data, null));
            return patience == null
                    ? optimizer
                    : new EarlyStopping(optimizer, at -> loss(HELD_OUT, at, this), patience);
        }

        Regularization regularization() {
            return new Regularization(0.01, l1Share);
        }

        private static Bounds bounds() {
            double[] lower = {-0.1, -0.2, 0, -1, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
            double[] upper = {0.1, 0.2, 1, 0.3, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
            return new Bounds(lower, upper);
        }
    }

    /** What a run did from its start, or from where it was saved. */
    record Way(List<OptimizerState> states, long evaluations, double passes, int savings) {}

    static Stream<Case> cases() {
        Stream<Case> methods = Arrays.stream(Method.values())
                .filter(method -> method != Method.AUTO)
                .map(method -> new Case(method.name(), method, 0, false, null));
        return Stream.concat(
                methods,
                Stream.of(
                        new Case("OWL-QN", Method.LBFGS, 0.7, false, null),
                        new Case("L-BFGS-B", Method.LBFGS, 0, true, null),
                        new Case("proximal GD", Method.GD, 1, false, null),
                        new Case("proximal SGD", Method.SGD, 1, false, null),
                        new Case("L-BFGS stopped early", Method.LBFGS, 0, false, 2),
                        new Case("ADAM stopped early", Method.ADAM, 0, false, 2)));
    }

    private static double loss(List<Instance> data, Coefficients at, Case what) {
        try (EngineExchange exchange = new EngineExchange(new LogisticLoss(), data)) {
            return new Objective(exchange, what.regularization(), true)
                    .evaluate(at)
                    .loss();
        }
    }

    /** Thrown where a run is to be cut. */
    private static final class Cut extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Runs.
     *
     * @param saved where to go on; null is from the start
     * @param before the states until then
     * @param at the number of the place where the run is saved and cut; beyond the last, it runs to the end
     * @param to takes the state there
     */
    private static Way run(Case what, @Nullable SavedState saved, Way before, int at, SavedState to) {
        try (EngineExchange exchange = new EngineExchange(new LogisticLoss(), DATA)) {
            Objective objective = new Objective(exchange, what.regularization(), true);
            Optimizer optimizer = what.optimizer(objective);
            List<OptimizerState> states = new ArrayList<>(before.states());
            Run[] run = new Run[1];
            int[] places = {0};
            Runnable place = () -> {
                if (places[0]++ == at) {
                    run[0].save(to);
                    objective.save(to);
                    throw new Cut();
                }
            };
            Optimizer.StepListener listener = new Optimizer.StepListener() {
                @Override
                public void stepped(int step, double value) {}

                @Override
                public void paused() {
                    place.run();
                }
            };
            if (saved != null) {
                assertTrue(objective.resume(saved, before.evaluations(), before.passes()));
            }
            run[0] = saved == null
                    ? optimizer.states(Coefficients.zeros(1, FEATURES), listener)
                    : optimizer.resume(saved, listener);
            try {
                while (run[0].hasNext()) {
                    OptimizerState state = run[0].next();
                    states.add(state);
                    if (state.stop() == null && run[0].isSavable()) {
                        place.run();
                    }
                }
            } catch (Cut cut) {
                // saved where it stood
            }
            return new Way(states, objective.evaluations(), objective.passes(), places[0]);
        }
    }

    private static Way undisturbed(Case what) {
        return run(what, null, new Way(List.of(), 0, 0, 0), Integer.MAX_VALUE, new SavedState());
    }

    private static SavedState copy(SavedState state) {
        SavedState copy = new SavedState();
        state.vectors().forEach((name, vector) -> copy.put(name, vector.clone()));
        return copy;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void goesOnToTheSameBitsFromEveryPlace(Case what) {
        Way whole = undisturbed(what);
        int places = whole.savings();
        assertTrue(places >= (what.patience() == null ? 10 : 3), "only " + places);
        for (int at = 0; at < places; at++) {
            SavedState there = new SavedState();
            Way before = run(what, null, new Way(List.of(), 0, 0, 0), at, there);
            Way resumed = run(what, copy(there), before, Integer.MAX_VALUE, new SavedState());
            assertSame(whole, resumed, what + " cut at place " + at);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void mayBeCutAgainAndAgain(Case what) {
        Way whole = undisturbed(what);
        SavedState there = new SavedState();
        Way way = run(what, null, new Way(List.of(), 0, 0, 0), 2, there);
        int cuts = 1;
        for (; there.has("coefficients"); cuts++) {
            SavedState from = copy(there);
            there = new SavedState();
            way = run(what, from, way, 2, there);
        }
        assertTrue(cuts > 1, "cut only once");
        assertSame(whole, way, what + " cut " + cuts + " times");
    }

    private static void assertSame(Way expected, Way actual, String what) {
        assertEquals(expected.states().size(), actual.states().size(), what);
        for (int i = 0; i < expected.states().size(); i++) {
            OptimizerState a = expected.states().get(i);
            OptimizerState b = actual.states().get(i);
            String where = what + ", state " + i;
            assertArrayEquals(a.coefficients().values(), b.coefficients().values(), where);
            assertEquals(a.objective(), b.objective(), where);
            assertEquals(a.step(), b.step(), where);
            assertEquals(a.epoch(), b.epoch(), where);
            assertEquals(a.stop(), b.stop(), where);
        }
        assertEquals(expected.evaluations(), actual.evaluations(), what);
        assertEquals(expected.passes(), actual.passes(), what);
    }

    @Test
    void otherDataAreNoticed() {
        Case adam = new Case("ADAM", Method.ADAM, 0, false, null);
        SavedState there = new SavedState();
        run(adam, null, new Way(List.of(), 0, 0, 0), 7, there);
        List<Instance> others = new ArrayList<>(DATA);
        Instance first = others.get(0);
        others.set(0, new Instance(first.rowNumber(), 1 - first.label(), first.weight(), first.features()));
        try (EngineExchange exchange = new EngineExchange(new LogisticLoss(), others)) {
            assertFalse(new Objective(exchange, adam.regularization(), true).resume(there, 0, 0));
        }
    }
}
