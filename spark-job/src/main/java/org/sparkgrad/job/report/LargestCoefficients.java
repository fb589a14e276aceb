package org.sparkgrad.job.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.sparkgrad.score.ModelFile;

/** The coefficients that move a margin most. */
final class LargestCoefficients {
    private static final int MOST = 20;

    /** Ties go to the earlier one. */
    private static final Comparator<Place> BY_EFFECT = Comparator.comparingDouble((Place p) -> Math.abs(p.effect))
            .thenComparing(Comparator.comparingInt(Place::output).reversed())
            .thenComparing(Comparator.comparingInt(Place::feature).reversed());

    private LargestCoefficients() {}

    /**
     * One of them.
     *
     * @param feature its name
     * @param label the class whose margin it is part of
     * @param coefficient over the original feature
     * @param effect of one standard deviation of the feature on the margin
     */
    record Large(String feature, String label, double coefficient, double effect) {}

    private record Place(int output, int feature, double coefficient, double effect) {}

    /** Returns them, the largest effect first. */
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
