//! A reader of JSON Schema, as much of it as the commands' schema uses: an outsider's eyes on what
//! `tresse-node commands` prints.

use std::{collections::BTreeSet, process::Command, sync::OnceLock};

use serde_json::Value;

use crate::node;

/// A schema as printed.
#[derive(Debug)]
pub struct Schema {
    root: Value,
}

/// Words that say nothing about what is valid.
const TALK: &[&str] = &[
    "$schema",
    "$defs",
    "title",
    "description",
    "default",
    "format",
];

impl Schema {
    /// What `tresse-node commands` prints.
    pub fn of_commands() -> &'static Self {
        static COMMANDS: OnceLock<Schema> = OnceLock::new();
        COMMANDS.get_or_init(|| {
            let output = Command::new(node()).args(["--json", "commands"]).output();
            let output = output.unwrap();
            assert!(output.status.success(), "{output:?}");
            Self {
                root: serde_json::from_slice(&output.stdout).unwrap(),
            }
        })
    }

    /// The schema itself.
    pub fn root(&self) -> &Value {
        &self.root
    }

    /// Whether a value is valid.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn accepts(&self, value: &Value) -> Result<(), String> {
        self.check(&self.root, value)
            .map_err(|why| format!("the schema refuses {value}: {why}"))
    }

    /// The names of all commands.
    pub fn names(&self) -> BTreeSet<&str> {
        let commands = self.root["oneOf"].as_array().unwrap().iter();
        commands
            .map(|command| command["properties"]["command"]["const"].as_str().unwrap())
            .collect()
    }

    fn check(&self, schema: &Value, value: &Value) -> Result<(), String> {
        let rules = schema.as_object().ok_or("the schema is no object")?;
        for (rule, given) in rules {
            let holds = match rule.as_str() {
                "$ref" => self.check(self.follow(given)?, value)?.eq(&()),
                "oneOf" => self.matching(given, value)? == 1,
                "anyOf" => self.matching(given, value)? > 0,
                "type" => is_of_type(given, value),
                "const" => given == value,
                "maximum" => value.as_f64().is_none_or(|n| Some(n) <= given.as_f64()),
                "minimum" => value.as_f64().is_none_or(|n| Some(n) >= given.as_f64()),
                "required" => value.as_object().is_none_or(|object| {
                    let keys = given.as_array().into_iter().flatten();
                    keys.filter_map(Value::as_str)
                        .all(|key| object.contains_key(key))
                }),
                "properties" => {
                    let known = given.as_object().ok_or("properties")?;
                    for (key, value) in value.as_object().into_iter().flatten() {
                        let Some(schema) = known.get(key) else {
                            return Err(format!("`{key}` is not known"));
                        };
                        self.check(schema, value)
                            .map_err(|why| format!("`{key}`: {why}"))?;
                    }
                    true
                }
                "items" => {
                    for item in value.as_array().into_iter().flatten() {
                        self.check(given, item)?;
                    }
                    true
                }
                // Of a map: what its values are. What is not among the properties is refused in any case.
                "additionalProperties" if given.is_object() => {
                    for (key, value) in value.as_object().into_iter().flatten() {
                        self.check(given, value)
                            .map_err(|why| format!("`{key}`: {why}"))?;
                    }
                    true
                }
                "additionalProperties" => given == false,
                talk if TALK.contains(&talk) => true,
                other => return Err(format!("the schema's word `{other}` is not known here")),
            };
            if !holds {
                return Err(format!("`{rule}`: {given} does not hold"));
            }
        }
        Ok(())
    }

    fn matching(&self, schemas: &Value, value: &Value) -> Result<usize, String> {
        let schemas = schemas.as_array().ok_or("a list of schemas")?;
        Ok(schemas
            .iter()
            .filter(|schema| self.check(schema, value).is_ok())
            .count())
    }

    fn follow(&self, reference: &Value) -> Result<&Value, String> {
        let name = reference
            .as_str()
            .and_then(|path| path.strip_prefix("#/$defs/"))
            .ok_or_else(|| format!("{reference} leads nowhere"))?;
        Ok(&self.root["$defs"][name])
    }
}

fn is_of_type(wanted: &Value, value: &Value) -> bool {
    let is = |name: &str| match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    };
    match wanted {
        Value::String(name) => is(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).any(is),
        _ => false,
    }
}
