package org.sparkgrad.job.evaluate;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a model says of a shard.
 *
 * @param sum of its predictions
 * @param ranks of its scores, where there are two classes
 */
record ShardScores(ScoreSum sum, @Nullable RankRun ranks) implements Serializable {}
