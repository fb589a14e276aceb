package org.sparkgrad.job.evaluate;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The scores of a model on a shard.
 *
 * @param sum the sums of the predictions
 * @param ranks the run of the scores, for two classes; else null
 */
record ShardScores(ScoreSum sum, @Nullable RankRun ranks) implements Serializable {}
