package org.sparkgrad.job.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.sparkgrad.score.ModelFile;

/** Finds the coefficients with the largest effect on a margin. */
final class LargestCoefficients {
    private static final int MOST = 20;

    /** The order by effect; for equal effects, the earlier coefficient comes first. */
    private static final Comparator<Place> BY_EFFECT = Comparator.comparingDouble((Place p) -> Math.abs(p.effect))
            .thenComparing(Comparator.comparingInt(Place::output).reversed())
            .thenComparing(Comparator.comparingInt(Place::feature).reversed());

    private LargestCoefficients() {}

    /**
     * A coefficient with a large effect.
     *
     * @param feature the name of the feature
     * @param label the class of the margin
     * @param coefficient the coefficient over the original feature
     * @param effect the change of the margin by one standard deviation of the feature
     */
    record Large(String feature, String label, double coefficient, double effect) {}

    private record Place(int output, int feature, double coefficient, double effect) {}

    /** Returns the largest coefficients, the largest effect first. */
    static List<Large> of(ModelFile model) {
        double[] deviations = model.standardization().deviations().dense(model.features());
        PriorityQueue<Place> kept = new PriorityQueue<>(BY_EFFECT);
        for (int k = 0; k < model.coefficients().size(); k++) {
            double[] row = model.coefficients().get(k).coefficients().dense(model.features());
            for (int j = 0; j < row.length; j++) {
                if (row[j] != 0) {
                    kept.add(new Place(k, j, row[j], row[j] * deviations[j]));
                }
                if (kept.size() > MOST) {
                    kept.remove();
                }
            }
        }
        List<String> names = model.featureNames();
        List<Place> places = new ArrayList<>(kept);
        places.sort(BY_EFFECT.reversed());
        int first = model.coefficients().size() == 1 ? 1 : 0;
        return places.stream()
                .map(p ->
                        new Large(names.get(p.feature), model.labels().get(first + p.output), p.coefficient, p.effect))
                .toList();
    }
}
