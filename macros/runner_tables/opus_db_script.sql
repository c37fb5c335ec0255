{#
    Prints the SQL that a DBA runs in place of opus_deploy, for the warehouse of this target: schemas, the runner's tables,
    what mon_layout lists (models of this project too), functions and procedure, roles and their grants. It can be run again, adds
    the columns that an older layout lacks, and ends without a trace where it meets an object of our names that is not
    ours. Asks the warehouse nothing.
    output: text, or json for one line that programs read.
#}
{% macro opus_db_script(output='text') %}
    {% if not execute %}{{ return('') }}{% endif %}
    {% do _opus_check_db_arguments('opus_db_script', output) %}
    {% set problem = opus_schema_problem(_opus_schema_name()) %}
    {% if problem %}{{ exceptions.raise_compiler_error(problem) }}{% endif %}
    {% set places = _opus_unlisted_places([]) | selectattr('database', 'equalto', target.database) | list %}
    {% set schemas = places | map(attribute='schema') | unique(case_sensitive=true) | reject('equalto', _opus_schema_name()) | list %}
    {% set frame = opus_script_frame() %}
    {% set statements = frame.first + _opus_script_schemas([_opus_schema_name()] + schemas) + _opus_script_tables() + _opus_script_models(places) %}
    {% set script = (statements + opus_script_roles(schemas) + frame.last) | join(';\n\n') %}
    {% set heading = '-- What opus-sync keeps in ' ~ _opus_schema() ~ ', layout version ' ~ opus_layout_version() ~ ', with the roles of its people.\n-- Run it as somebody who may create schemas' ~ (' and roles' if opus_script_roles(schemas) else '') ~ '; it can be run again.\n\n' %}
    {% set text = heading ~ script ~ ('' if script.endswith('GO') else ';') %}
    {% if output == 'json' %}
        {% do _opus_report('opus_db_script', output, 0, [text], {'sql': text}) %}
    {% else %}
        {% do print(text) %}
    {% endif %}
{% endmacro %}
