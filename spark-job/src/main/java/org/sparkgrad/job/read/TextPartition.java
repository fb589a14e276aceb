package org.sparkgrad.job.read;

import java.util.List;

/**
 * The splits that one task reads.
 *
 * @param splits the splits, in path order
 * @param hosts the hosts that store most of them
 */
record TextPartition(List<TextSplit> splits, List<String> hosts) implements BatchPartition {
    private static final long serialVersionUID = 1L;

    @Override
    public String[] preferredLocations() {
        return hosts.toArray(String[]::new);
    }
}
