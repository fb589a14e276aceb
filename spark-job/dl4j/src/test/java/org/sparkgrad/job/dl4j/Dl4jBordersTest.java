package org.sparkgrad.job.dl4j;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.sparkgrad.job.model.Dl4jWriter;

/** This entry is thin over the estimator, whose parameters are its own, and works without a command line. */
@AnalyzeClasses(packages = "org.sparkgrad.job.dl4j", importOptions = ImportOption.DoNotIncludeTests.class)
final class Dl4jBordersTest {
    @ArchTest
    static final ArchRule IS_THIN_OVER_THE_ESTIMATOR = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("org.sparkgrad.job..")
                    .and(resideOutsideOfPackages("..job.problem..", "..job.config..", "..job.ml..", "..job.dl4j.."))
                    .and(not(type(Dl4jWriter.class))));
}
