package org.sparkgrad.job.assemble;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.sparkgrad.job.config.LabelSettings;
import org.sparkgrad.job.problem.JobException;

/**
 * The order of classes.
 *
 * @param column the label column
 * @param numeric whether labels are numbers
 * @param settings the positive label, and the labels that come first
 */
record LabelOrder(String column, boolean numeric, LabelSettings settings) {
    private static final int LISTED = 10;

    /** Returns the labels in the order of the classes. */
    List<LabelCount> of(List<LabelCount> counts) {
        List<LabelCount> classes = new ArrayList<>(counts);
        classes.sort(
                numeric
                        ? Comparator.comparing(label -> new BigDecimal(label.label()))
                        : Comparator.comparing(LabelCount::label));
        List<String> first = settings.first();
        classes.sort(Comparator.comparingInt(label -> {
            int place = first.indexOf(label.label());
            return place < 0 ? first.size() : place;
        }));
        if (settings.positive() != null) {
            makePositive(settings.positive(), classes);
        }
        return classes;
    }

    private void makePositive(String asked, List<LabelCount> classes) {
        List<String> labels = classes.stream().map(LabelCount::label).toList();
        String label = numeric && !labels.contains(asked) ? LabelText.ofNumber(asked) : asked;
        int place = labels.indexOf(label);
        if (place < 0 || classes.size() > 2) {
            String more = labels.size() > LISTED ? ", ..." : "";
            throw JobException.data("The labels in column " + column + " are "
                    + labels.stream().limit(LISTED).collect(Collectors.joining(", ")) + more + ": --positive-label "
                    + asked + (place < 0 ? " is none of them. Name one of two." : " is for two labels. Leave it out."));
        }
        if (place == 0) {
            Collections.swap(classes, 0, 1);
        }
    }
}
